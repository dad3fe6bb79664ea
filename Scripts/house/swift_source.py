"""Swift text with its comments and literals blanked, so that a rule about code does not fire on prose."""

import re

_OPENING = re.compile(r'(?P<hashes>#*)(?P<quotes>"""|")')
_EXTENDED_REGEX = re.compile(r"(#+)/")
_BEFORE_A_REGEX = re.compile(r"(?:^|[=(,:\[{]|\breturn|\bin)\s*$")
_BARE_REGEX = re.compile(r"/(?![/*\s])(?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\n\\\[])+/")


def blank(text: str) -> str:
    """The text with every character but line ends replaced by a space, so that lines and columns stay."""
    return re.sub(r"[^\n]", " ", text)


def code(text: str) -> str:
    """The code alone: comments, string and regex literals and raw identifiers are blanked.

    Code inside a string's interpolation is code, and stays.
    """
    return _Scanner(text).scan()


def without_comments(text: str) -> str:
    """The code with its literals, without comments."""
    return _Scanner(text, keep_literals=True).scan()


class _Scanner:
    def __init__(self, text: str, keep_literals: bool = False) -> None:
        self.text = text
        self.keep_literals = keep_literals
        self.position = 0
        self.output: list[str] = []

    def scan(self) -> str:
        self._code(closing=None)
        return "".join(self.output)

    def _code(self, closing: str | None) -> None:
        """Copies code up to the parenthesis that closes an interpolation, or to the end."""
        depth = 0
        while self.position < len(self.text):
            here = self.text[self.position]
            if self._comment() or self._literal() or self._raw_identifier():
                continue
            if closing and here == "(":
                depth += 1
            elif closing and here == ")":
                if depth == 0:
                    return
                depth -= 1
            self._take(1, keep=True)

    def _comment(self) -> bool:
        if self.text.startswith("//", self.position):
            end = self.text.find("\n", self.position)
            self._take((end if end >= 0 else len(self.text)) - self.position, keep=False)
            return True
        if not self.text.startswith("/*", self.position):
            return False
        depth, end = 1, self.position + 2
        while depth and end < len(self.text):  # Swift's block comments nest
            if self.text.startswith("/*", end):
                depth, end = depth + 1, end + 2
            elif self.text.startswith("*/", end):
                depth, end = depth - 1, end + 2
            else:
                end += 1
        self._take(end - self.position, keep=False)
        return True

    def _literal(self) -> bool:
        opening = _OPENING.match(self.text, self.position)
        if opening:
            self._string(opening["hashes"], opening["quotes"])
            return True
        return self._regex()

    def _string(self, hashes: str, quotes: str) -> None:
        keep = self.keep_literals
        self._take(len(hashes) + len(quotes), keep)
        while self.position < len(self.text):
            if self.text.startswith(quotes + hashes, self.position):
                self._take(len(quotes) + len(hashes), keep)
                return
            if self.text.startswith("\\" + hashes + "(", self.position):
                self._take(len(hashes) + 2, keep)
                self._code(closing=")")
                self._take(1, keep)
            elif self.text.startswith("\\" + hashes, self.position):
                self._take(len(hashes) + 2, keep)
            elif quotes == '"' and self.text[self.position] == "\n":
                return  # not a string that compiles; do not swallow the rest of the file
            else:
                self._take(1, keep)

    def _regex(self) -> bool:
        extended = _EXTENDED_REGEX.match(self.text, self.position)
        if extended:
            end = self.text.find("/" + extended[1], extended.end())
            if end < 0:
                return False
            self._take(end + 1 + len(extended[1]) - self.position, self.keep_literals)
            return True
        if self.text[self.position] != "/":
            return False
        bare = _BARE_REGEX.match(self.text, self.position)
        start = self.text.rfind("\n", 0, self.position) + 1
        if not bare or not _BEFORE_A_REGEX.search(self.text[start:self.position]):
            return False
        self._take(bare.end() - self.position, self.keep_literals)
        return True

    def _raw_identifier(self) -> bool:
        if self.text[self.position] != "`":
            return False
        end = self.text.find("`", self.position + 1)
        line_end = self.text.find("\n", self.position)
        if end < 0 or 0 <= line_end < end:
            return False
        inside = self.text[self.position + 1:end]
        plain = re.fullmatch(r"\w+", inside) is not None  # `default` is an ordinary name in quotes
        self._take(end + 1 - self.position, keep=plain or self.keep_literals)
        return True

    def _take(self, count: int, keep: bool) -> None:
        piece = self.text[self.position:self.position + count]
        self.output.append(piece if keep else blank(piece))
        self.position += len(piece) or 1
