"""Pictures of pages and terminal screens, to look at."""

from pathlib import Path

from selenium.webdriver.common.by import By

from .browser import Browser
from .terminal import Terminal

_LOOKS = {"light": (False, False), "dark": (True, False), "phone": (False, True), "phone-dark": (True, True)}


class Pictures:
    """Writes pictures into a folder; `painter` is the browser that paints terminal screens."""

    def __init__(self, folder: Path, painter: Browser) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._painter = painter

    def page(self, browser: Browser, name: str) -> list[Path]:
        """The page as it is, in every look; fails where it must be scrolled sideways."""
        paths = []
        for look, (dark, narrow) in _LOOKS.items():
            browser.appear(dark=dark, narrow=narrow)
            assert not browser.overflows(), f"{name} must be scrolled sideways ({look})"
            paths.append(self.folder / f"page-{name}-{look}.png")
            browser.picture(paths[-1])
        browser.appear()
        return paths

    def terminal(self, terminal: Terminal, name: str) -> Path:
        """The terminal's screen as it is."""
        source = self.folder / f"{name}.html"
        source.write_text(terminal.as_html(), encoding="utf-8")
        self._painter.open(source.as_uri())
        path = self.folder / f"terminal-{name}.png"
        self._painter.driver.find_element(By.ID, "screen").screenshot(str(path))
        source.unlink()
        return path
