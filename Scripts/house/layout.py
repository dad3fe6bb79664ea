"""The one table of the house: which target may import what, and which folders have a special role.

The picture of it is in ARCHITECTURE.md. A new target, or a new import, is a line here and in Package.swift.
"""

# What a target may import besides the modules in SYSTEM. Direction is downwards only: nothing points up or sideways.
IMPORTS: dict[str, set[str]] = {
    # Both sides
    "KeyfobProtocol": {"Crypto", "HTTPTypes"},
    # What test targets of either side share
    "KeyfobTestSupport": {"KeyfobProtocol"},
    # The client
    "KeyfobClient": {"KeyfobProtocol", "HTTPTypes"},
    "KeyfobTransport": {
        "KeyfobClient", "KeyfobProtocol", "AsyncHTTPClient", "HTTPTypes",
        "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL",
    },
    "KeyfobCredentials": set(),
    "KeyfobCredentialFiles": {"KeyfobCredentials"},
    "KeyfobYAMLFiles": {"KeyfobCredentials", "KeyfobCredentialFiles", "Yams"},
    "KeyfobKeyring": {"KeyfobCredentials", "CSecretService", "Security"},
    "KeyfobTerminal": set(),
    "KeyfobSignIn": {"KeyfobClient", "KeyfobCredentials", "KeyfobProtocol"},
    "KeyfobCommands": {
        "KeyfobClient", "KeyfobCredentialFiles", "KeyfobCredentials", "KeyfobKeyring", "KeyfobProtocol",
        "KeyfobSignIn", "KeyfobTerminal", "KeyfobTransport", "ArgumentParser",
    },
    "keyfob": {"KeyfobCommands"},
    "videosdk": {"KeyfobCommands"},
    "pipecat": {"KeyfobCommands"},
    "cldkctl": {"KeyfobCommands"},
    "skytells": {"KeyfobCommands"},
    "podstack": {"KeyfobCommands", "KeyfobYAMLFiles"},
    # The server
    "KeyfobServer": {"KeyfobProtocol", "KeyfobSQL", "CArgon2", "Crypto", "JWTKit"},
    "KeyfobSQL": set(),
    "KeyfobSQLite": {"KeyfobSQL", "GRDB"},
    "KeyfobPostgres": {"KeyfobSQL", "CLibPQ"},
    "KeyfobWeb": {
        "KeyfobProtocol", "KeyfobServer", "HTTPTypes", "Hummingbird", "Logging", "Metrics", "Mustache", "NIOCore",
    },
    "KeyfobDialects": {"KeyfobProtocol", "KeyfobServer", "KeyfobWeb", "HTTPTypes", "Hummingbird", "Logging"},
    "keyfob-server": {
        "KeyfobDialects", "KeyfobPostgres", "KeyfobProtocol", "KeyfobSQL", "KeyfobSQLite", "KeyfobServer", "KeyfobWeb",
        "ArgumentParser", "Configuration", "Crypto", "Hummingbird", "Logging", "Metrics", "NIOCore",
        "ServiceLifecycle", "Yams",
    },
}

# Modules of the system that every target may import; full Foundation is the server's alone.
SYSTEM = {
    "Swift", "Synchronization", "Dispatch", "FoundationEssentials", "Glibc", "Musl", "Darwin", "SystemPackage",
}
FULL_FOUNDATION = {"Foundation", "FoundationNetworking", "FoundationInternationalization", "FoundationXML"}

# The server's side; every other target is the client's (KeyfobProtocol is both, and keeps the stricter rule).
SERVER_SIDE = {
    "KeyfobServer", "KeyfobSQL", "KeyfobSQLite", "KeyfobPostgres", "KeyfobWeb", "KeyfobDialects", "keyfob-server",
}
BOTH_SIDES = {"KeyfobProtocol", "KeyfobTestSupport"}

# Test targets in which client and server meet, on purpose.
MEETING_PLACES = {"EndToEndTests"}

# C modules: no Swift in them, nothing to check.
C_MODULES = {"CArgon2", "CLibPQ", "CSecretService"}

# Where the clock, randomness, the environment and the arguments are read once and passed down.
COMPOSITION_ROOTS = {
    "keyfob", "videosdk", "pipecat", "cldkctl", "skytells", "podstack", "keyfob-server",
}
# The one library that writes to the terminal.
TERMINAL = "KeyfobTerminal"

# Products, and the words that give them away. A product is named in its executable and in its dialect's folder;
# the one file that lists the dialects names them too.
PRODUCTS: dict[str, tuple[str, ...]] = {
    "videosdk": ("videosdk",),
    "pipecat": ("pipecat",),
    "cldkctl": ("cldkctl", "cloudeka"),
    "skytells": ("skytells",),
    "podstack": ("podstack",),
}
DIALECTS = "Sources/KeyfobDialects"
DIALECT_LIST = "Sources/KeyfobDialects/Dialects.swift"

MAXIMUM_FILE_LINES = 500
MAXIMUM_FUNCTION_LINES = 60
