"""A real browser, used as a person uses it: by labels, buttons and what is written on the page."""

import base64
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from .server import Account
from .surroundings import wait_until

_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
    "--hide-scrollbars", "--window-size=1200,900", "--lang=en",
)
# Nothing but this machine can be reached: a page that needs a third party breaks.
_LOOPBACK_ONLY = "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost , EXCLUDE [::1]"


class Browser:
    """A headless Chromium with its own profile.

    `rules` lead host names to addresses of this machine; `trusted_key` is the fingerprint of a certificate's key that
    is as good as signed by an authority.
    """

    def __init__(self, script: bool = True, rules: str = "", trusted_key: str = "") -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in _ARGUMENTS:
            options.add_argument(argument)
        options.add_argument("--host-resolver-rules=" + " , ".join(filter(None, (rules, _LOOPBACK_ONLY))))
        if trusted_key:
            options.add_argument(f"--ignore-certificate-errors-spki-list={trusted_key}")
        if not script:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    # Reading

    @property
    def address(self) -> str:
        """What the address bar shows."""
        return self.driver.current_url

    @property
    def text(self) -> str:
        """Everything that the page says."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def heading(self) -> str:
        """The page's main heading."""
        return self.driver.find_element(By.TAG_NAME, "h1").text

    @property
    def complaints(self) -> list[str]:
        """What the browser's console complained of: policies, missing files, scripts."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def has_button(self, text: str) -> bool:
        """Whether a button with this text is there."""
        return self._find_button(text) is not None

    def has_field(self, label: str) -> bool:
        """Whether a field with this label is there."""
        return self._find_field(label) is not None

    def wait_for(self, text: str) -> None:
        """Waits until the page says this."""
        wait_until(lambda: text in self._text_or_nothing(), f"“{text}” on the page, which says: {self._text_or_nothing()}")

    # Acting

    def open(self, address: str) -> None:
        """Goes to an address."""
        self.driver.get(address)

    def back(self) -> None:
        """The back button."""
        self.driver.back()

    def new_tab(self) -> str:
        """Opens a tab, goes there, and returns its handle."""
        self.driver.switch_to.new_window("tab")
        return self.driver.current_window_handle

    def go_to_tab(self, handle: str) -> None:
        """Goes to a tab."""
        self.driver.switch_to.window(handle)

    def fill_in(self, label: str, text: str) -> None:
        """Types into the field with this label, in place of what is there."""
        field = self.field(label)
        field.clear()
        field.send_keys(text)

    def press(self, text: str) -> None:
        """Presses a button and waits for the page that follows."""
        button = self.button(text)
        self._leaving(button.click)

    def press_enter(self, label: str) -> None:
        """Sends a form by Enter in a field, and waits for the page that follows."""
        field = self.field(label)
        self._leaving(lambda: field.send_keys(Keys.ENTER))

    def type_keys(self, *keys: str) -> None:
        """Keys to whatever has the focus: what someone without a mouse does."""
        self.driver.switch_to.active_element.send_keys(*keys)

    # What people do here

    def sign_in(self, account: Account) -> None:
        """Fills in the sign-in page."""
        self.fill_in("Username", account.name)
        self.fill_in("Password", account.password)
        self.press("Sign in")

    def enter_code(self, code: str) -> None:
        """Fills in the page that asks for the code on the terminal."""
        self.fill_in("Code", code)
        self.press("Continue")

    def approve(self) -> None:
        """Says yes on the approval page."""
        self.press("Approve")

    def deny(self) -> None:
        """Says no on the approval page."""
        self.press("Deny")

    # Finding

    def field(self, label: str) -> WebElement:
        """The field with this label; fails with what the page says."""
        found = self._find_field(label)
        assert found is not None, f"no field “{label}” on {self.address}, which says: {self.text}"
        return found

    def button(self, text: str) -> WebElement:
        """The button with this text; fails with what the page says."""
        found = self._find_button(text)
        assert found is not None, f"no button “{text}” on {self.address}, which says: {self.text}"
        return found

    def _find_field(self, label: str) -> WebElement | None:
        for element in self.driver.find_elements(By.XPATH, f"//label[starts-with(normalize-space(), '{label}')]"):
            identifier = element.get_attribute("for")
            try:
                if identifier:
                    return self.driver.find_element(By.ID, identifier)
                return element.find_element(By.CSS_SELECTOR, "input, textarea, select")
            except NoSuchElementException:
                continue
        named = self.driver.find_elements(By.CSS_SELECTOR, f"input[aria-label^='{label}']")
        return named[0] if named else None

    def _find_button(self, text: str) -> WebElement | None:
        path = f"//button[normalize-space()='{text}'] | //input[@type='submit' and @value='{text}']"
        found = self.driver.find_elements(By.XPATH, path)
        return found[0] if found else None

    def _text_or_nothing(self) -> str:
        try:
            return self.text
        except (StaleElementReferenceException, NoSuchElementException):
            return ""

    def _leaving(self, action) -> None:
        page = self.driver.find_element(By.TAG_NAME, "html")
        action()

        def gone() -> bool:
            try:
                page.is_enabled()
                return False
            except StaleElementReferenceException:
                return True
            except WebDriverException:
                return True

        wait_until(gone, f"the page after {self.address}")
        wait_until(lambda: self.driver.execute_script("return document.readyState") == "complete", "the page to load")

    # Looks

    def appear(self, dark: bool = False, narrow: bool = False) -> None:
        """Light or dark, a desk's or a phone's width, for the page as it is and the ones to come."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": 390 if narrow else 1200, "height": 844 if narrow else 900,
            "deviceScaleFactor": 2 if narrow else 1, "mobile": narrow,
        })
        # Colours fade into each other: a picture of half the way is a picture of nothing.
        self.driver.execute_script("document.getAnimations().forEach(one => one.finish())")

    def overflows(self) -> bool:
        """Whether the page must be scrolled sideways."""
        return self.driver.execute_script(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def picture(self, path: Path) -> None:
        """A picture of what is in the window."""
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": False})
        path.write_bytes(base64.b64decode(shot["data"]))

    def forget(self) -> None:
        """Becomes as good as new: one empty tab, no cookies, light and wide."""
        first, *others = self.driver.window_handles
        for handle in others:
            self.driver.switch_to.window(handle)
            self.driver.close()
        self.driver.switch_to.window(first)
        self.driver.get("about:blank")
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.appear()
        self.driver.get_log("browser")

    def close(self) -> None:
        """Ends the browser."""
        self.driver.quit()
