"""Rules about code: what is passed in instead of read from the surroundings, and what is not used at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import layout
from .tree import Finding, SourceFile, Tree


@dataclass(frozen=True)
class Ban:
    """A pattern of code with the reason against it and what replaces it."""

    pattern: re.Pattern[str]
    reason: str
    instead: str
    # A call of the pattern is fine when its arguments hold this word.
    unless_argument: str | None = None

    def matches(self, file: SourceFile) -> Iterator[Finding]:
        for match in self.pattern.finditer(file.code):
            if self.unless_argument and self.unless_argument in _arguments(file.code, match.end() - 1):
                continue
            word = " ".join(match[0].split())
            yield file.find(match.start(), f"`{word}`: {self.reason}", self.instead)


def _ban(pattern: str, reason: str, instead: str, unless_argument: str | None = None) -> Ban:
    return Ban(re.compile(pattern), reason, instead, unless_argument)


AMBIENT_TIME = [
    _ban(
        r"\bDate\(\s*\)|\bDate\.now\b|\bDate\(timeIntervalSinceNow\b|\.timeIntervalSinceNow\b"
        r"|\b(?:ContinuousClock|SuspendingClock)(?:\(\s*\))?\.now\b|\bDispatchTime\.now\b"
        r"|\bDispatchWallTime\.now\b|\bclock_gettime\b|\bgettimeofday\b|\btime\(nil\)",
        "time that is read on the spot cannot be set by a test",
        "take a `now` (wall time) or a `Clock` (waiting) as a parameter; an executable's folder reads it once",
    ),
    _ban(
        r"\bTask\.sleep\s*\(", "a wait on the system's clock makes tests wait too",
        "take a `Clock`: `try await clock.sleep(for:)`, or `Task.sleep(for:clock:)`", unless_argument="clock:",
    ),
]
AMBIENT_RANDOMNESS = [
    _ban(
        r"\bUUID\(\s*\)|\bSystemRandomNumberGenerator\b|\barc4random\w*\b|\bgetentropy\b|\bgetrandom\b",
        "randomness that is drawn on the spot cannot be repeated by a test",
        "take a random number generator as a parameter; an executable's folder makes it once",
    ),
    _ban(
        r"\.(?:random|randomElement|shuffled|shuffle)\s*\(", "this draws from the system's generator",
        "pass the generator that you were given: `using: &generator`", unless_argument="using:",
    ),
]
AMBIENT_PROCESS = [
    _ban(
        r"\bProcessInfo\b|\b(?:secure_)?getenv\b|\bsetenv\b|\benviron\b|\bCommandLine\.(?:arguments|unsafeArgv)\b",
        "environment and arguments are read once, by the executable",
        "take the value as a parameter, down from the executable's folder",
    ),
]
PRINTING = [
    _ban(
        r"(?<![\w.])(?:Swift\.)?(?:print|debugPrint|dump)\s*\(|\bFileHandle\.standard(?:Output|Error)\b"
        r"|\b(?:fputs|fprintf|puts|putchar)\s*\(|\bSTD(?:OUT|ERR)_FILENO\b",
        "only KeyfobTerminal writes to the terminal: it knows about colour, pipes that closed and JSON",
        "return the text, or write it through KeyfobTerminal; the server logs through its Logger",
    ),
]
CRASHES = [
    _ban(r"\btry!", "a failure would end the process", "`try`, and an error that says what to do next"),
    _ban(
        r"\bfatalError\s*\(", "one bad input would end the process",
        "throw the module's error, or make the state impossible by its type",
    ),
]
UNSTRUCTURED = [
    _ban(
        r"\bTask\.detached\b", "a detached task outlives its caller, its cancellation and its test",
        "a task group or `async let`",
    ),
    _ban(
        r"\bDispatchSemaphore\b", "it blocks a thread of the pool, and can deadlock it",
        "`Mutex` for state, a continuation or an AsyncStream for waiting",
    ),
]

_IMPOSSIBLE = re.compile(r"\bpreconditionFailure\s*\(")
_UNCHECKED = re.compile(r"@unchecked\s+Sendable|\bnonisolated\(unsafe\)")
_NAMES_A_LOCK = re.compile(r"\b[Ll]ock(?:s|ed)?\b|(?:_l|[a-z]L)ock\b|[Mm]utex|[Qq]ueue|\b[Aa]tomic")
_SWIFT_SLEEP = re.compile(r"\b(?:Task|Thread)\.sleep\b|(?<![\w.])(?<!func )(?:usleep|nanosleep|sleep)\s*\(")
_PYTHON_SLEEP = re.compile(r"\b(?:time|asyncio|gevent)\.sleep\b|(?<![\w.])sleep\s*\(|\bimport\s+sleep\b")
_ALLOWED = re.compile(r"(?://|#)\s*allowed:\s*\S+")
_FUNCTION = re.compile(r"\b(?:func\s+[^\s(<]+|init[?]?)\s*(?=[(<])")


def ambient_time(tree: Tree) -> Iterator[Finding]:
    """No wall time and no waiting of its own below an executable."""
    yield from _below_roots(tree, AMBIENT_TIME)


def ambient_randomness(tree: Tree) -> Iterator[Finding]:
    """No randomness of its own below an executable."""
    yield from _below_roots(tree, AMBIENT_RANDOMNESS)


def ambient_process(tree: Tree) -> Iterator[Finding]:
    """No environment and no arguments below an executable."""
    yield from _below_roots(tree, AMBIENT_PROCESS)


def printing(tree: Tree) -> Iterator[Finding]:
    """Nothing but the terminal's library and the executables prints."""
    yield from _below_roots(tree, PRINTING, but={layout.TERMINAL})


def crashes(tree: Tree) -> Iterator[Finding]:
    """No line that ends the process on a failure."""
    yield from _everywhere(tree.swift("Sources"), CRASHES)
    for file in tree.swift("Sources"):
        for match in _IMPOSSIBLE.finditer(file.code):
            if not _comment_at(file, file.line_at(match.start())).strip():
                yield file.find(
                    match.start(), "`preconditionFailure(` that does not say why it cannot happen",
                    "throw the module's error; or a comment on or above the line: what makes it impossible",
                )


def unstructured_concurrency(tree: Tree) -> Iterator[Finding]:
    """No detached tasks and no semaphores, in tests neither."""
    yield from _everywhere(tree.swift("Sources", "Tests"), UNSTRUCTURED)


def unchecked_sendable(tree: Tree) -> Iterator[Finding]:
    """Whoever promises Sendable by hand names the lock that keeps the promise."""
    for file in tree.swift("Sources", "Tests"):
        for match in _UNCHECKED.finditer(file.code):
            if not _NAMES_A_LOCK.search(_comment_at(file, file.line_at(match.start()))):
                yield file.find(
                    match.start(), f"`{match[0]}` without a comment that names the lock",
                    "`Mutex` and plain Sendable; or a comment on or above the line: which lock guards what",
                )


def sleeping_tests(tree: Tree) -> Iterator[Finding]:
    """Tests wait for conditions, never for times."""
    for file in tree.files:
        if file.parts[0] != "Tests" or not file.path.endswith((".swift", ".py")):
            continue
        pattern = _SWIFT_SLEEP if file.is_swift else _PYTHON_SLEEP
        code = file.code if file.is_swift else _python_code(file.text)
        for match in pattern.finditer(code):
            line = file.line_at(match.start())
            if not _ALLOWED.search(file.lines[line - 1]):
                yield Finding(
                    file.path, line, f"`{match[0].strip()}`: a test that sleeps is slow on one machine, flaky on another",
                    "wait for the condition itself; or end the line with a comment `allowed: ` and the reason",
                )


def long_functions(tree: Tree) -> Iterator[Finding]:
    """No function that does not fit a screen."""
    for file in tree.swift("Sources"):
        for match in _FUNCTION.finditer(file.code):
            length = _body_lines(file.code, match.end())
            if length > layout.MAXIMUM_FUNCTION_LINES:
                yield file.find(
                    match.start(),
                    f"`{match[0].strip()}` has {length} lines, more than {layout.MAXIMUM_FUNCTION_LINES}",
                    "split it by idea: a name for each step",
                )


def _below_roots(tree: Tree, bans: list[Ban], but: set[str] = frozenset()) -> Iterator[Finding]:
    files = [file for file in tree.swift("Sources") if file.target not in layout.COMPOSITION_ROOTS | but]
    yield from _everywhere(files, bans)


def _everywhere(files: list[SourceFile], bans: list[Ban]) -> Iterator[Finding]:
    for file in files:
        for ban in bans:
            yield from ban.matches(file)


def _arguments(code: str, opening: int) -> str:
    """What stands between the parenthesis at `opening` and the one that closes it."""
    depth = 0
    for index in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[index], 0)
        if depth == 0:
            return code[opening:index]
    return code[opening:]


def _comment_at(file: SourceFile, line: int) -> str:
    """The comment on a line and the block of comments right above it."""
    same_line = file.lines[line - 1].partition("//")[2]
    above: list[str] = []
    for text in reversed(file.lines[:line - 1]):
        if text.strip().startswith("@"):
            continue
        if not text.strip().startswith("//"):
            break
        above.append(text)
    return "\n".join([same_line, *above])


def _body_lines(code: str, start: int) -> int:
    """The number of lines from a function's parameters to the end of its body; 0 if it has none."""
    closing = start
    if code[start:start + 1] == "<":
        closing = code.find("(", start)
    closing += len(_arguments(code, closing))
    opening = code.find("{", closing)
    between = code[closing:opening] if opening >= 0 else "}"
    if opening < 0 or re.search(r"[};]|\b(?:func|var|let|init|case)\b", between):
        return 0
    depth = 0
    for index in range(opening, len(code)):
        depth += {"{": 1, "}": -1}.get(code[index], 0)
        if depth == 0:
            return code.count("\n", opening, index) + 1
    return 0


def _python_code(text: str) -> str:
    """Python without comments and string literals, in the same places."""
    literal = re.compile(r'("""|\'\'\')(?:\\.|(?!\1).)*\1|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\n]*', re.DOTALL)
    return literal.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
