// swift-tools-version: 6.2
import PackageDescription

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

// The direction of imports is documented in ARCHITECTURE.md and enforced by Scripts/check.
let package = Package(
    name: "keyfob",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "KeyfobCommands", targets: ["KeyfobCommands"]),
        .library(name: "KeyfobSignIn", targets: ["KeyfobSignIn"]),
        .executable(name: "keyfob", targets: ["keyfob"]),
        .executable(name: "keyfob-server", targets: ["keyfob-server"]),
        .executable(name: "cldkctl", targets: ["cldkctl"]),
        .executable(name: "pipecat", targets: ["pipecat"]),
        .executable(name: "podstack", targets: ["podstack"]),
        .executable(name: "skytells", targets: ["skytells"]),
        .executable(name: "videosdk", targets: ["videosdk"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Both sides
        .target(name: "KeyfobProtocol", dependencies: [crypto]),

        // The client
        .target(name: "KeyfobClient", dependencies: ["KeyfobProtocol", httpTypes]),
        .target(
            name: "KeyfobTransport",
            dependencies: ["KeyfobClient", asyncHTTPClient, httpTypes, nioCore, nioHTTP1, nioPosix, nioSSL]
        ),
        .target(name: "KeyfobCredentials"),
        .target(name: "KeyfobCredentialFiles", dependencies: ["KeyfobCredentials"]),
        .target(
            name: "KeyfobYAMLFiles", dependencies: ["KeyfobCredentialFiles", "KeyfobCredentials", yams]),
        .target(name: "CSecretService", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "KeyfobKeyring", dependencies: ["CSecretService", "KeyfobCredentials"]),
        .target(name: "KeyfobTerminal"),
        .target(name: "KeyfobSignIn", dependencies: ["KeyfobClient", "KeyfobCredentials", "KeyfobProtocol"]),
        .target(
            name: "KeyfobCommands",
            dependencies: [
                "KeyfobClient", "KeyfobCredentialFiles", "KeyfobCredentials", "KeyfobKeyring", "KeyfobProtocol",
                "KeyfobSignIn", "KeyfobTerminal", "KeyfobTransport", argumentParser,
            ]
        ),
        .executableTarget(name: "keyfob", dependencies: ["KeyfobCommands"]),
        .executableTarget(name: "cldkctl", dependencies: ["KeyfobCommands"]),
        .executableTarget(name: "pipecat", dependencies: ["KeyfobCommands"]),
        .executableTarget(name: "podstack", dependencies: ["KeyfobCommands", "KeyfobYAMLFiles"]),
        .executableTarget(name: "skytells", dependencies: ["KeyfobCommands"]),
        .executableTarget(name: "videosdk", dependencies: ["KeyfobCommands"]),

        // The server
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .target(name: "KeyfobSQL"),
        .target(name: "KeyfobSQLite", dependencies: ["KeyfobSQL", grdb]),
        .target(name: "KeyfobServer", dependencies: ["CArgon2", "KeyfobProtocol", "KeyfobSQL", crypto]),
        .target(
            name: "KeyfobWeb",
            dependencies: [
                "KeyfobProtocol", "KeyfobServer", httpTypes, hummingbird, logging, mustache,
            ]
        ),
        .target(
            name: "KeyfobDialects",
            dependencies: ["KeyfobProtocol", "KeyfobServer", "KeyfobWeb", httpTypes, hummingbird]
        ),
        .executableTarget(
            name: "keyfob-server",
            dependencies: [
                "KeyfobDialects", "KeyfobProtocol", "KeyfobSQL", "KeyfobSQLite", "KeyfobServer", "KeyfobWeb",
                argumentParser, hummingbird, logging, serviceLifecycle, yams,
            ]
        ),

        // Tests
        .target(name: "KeyfobTestSupport", dependencies: ["KeyfobProtocol"], path: "Tests/KeyfobTestSupport"),
        .testTarget(name: "KeyfobProtocolTests", dependencies: ["KeyfobProtocol"]),
        .testTarget(name: "KeyfobClientTests", dependencies: ["KeyfobClient", "KeyfobProtocol", httpTypes]),
        .testTarget(
            name: "KeyfobTransportTests",
            dependencies: ["KeyfobClient", "KeyfobTransport", httpTypes, nioCore, nioPosix]
        ),
        .testTarget(
            name: "KeyfobCredentialFilesTests",
            dependencies: ["KeyfobCredentialFiles", "KeyfobCredentials", "KeyfobYAMLFiles"]
        ),
        .testTarget(name: "KeyfobKeyringTests", dependencies: ["KeyfobCredentials", "KeyfobKeyring"]),
        .testTarget(name: "KeyfobTerminalTests", dependencies: ["KeyfobTerminal"]),
        .testTarget(
            name: "KeyfobSignInTests",
            dependencies: ["KeyfobClient", "KeyfobCredentials", "KeyfobProtocol", "KeyfobSignIn", httpTypes]
        ),
        .testTarget(name: "KeyfobSQLiteTests", dependencies: ["KeyfobSQL", "KeyfobSQLite"]),
        .testTarget(
            name: "KeyfobServerTests",
            dependencies: ["KeyfobTestSupport", "KeyfobProtocol", "KeyfobSQL", "KeyfobSQLite", "KeyfobServer", crypto]
        ),
        .testTarget(
            name: "KeyfobWebTests",
            dependencies: [
                "KeyfobDialects", "KeyfobTestSupport", "KeyfobProtocol", "KeyfobSQL", "KeyfobSQLite", "KeyfobServer",
                "KeyfobWeb",
                crypto, hummingbird, hummingbirdTesting,
            ]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "KeyfobClient", "KeyfobCommands", "KeyfobCredentialFiles", "KeyfobCredentials", "KeyfobDialects",
                "KeyfobProtocol", "KeyfobSQL", "KeyfobSQLite", "KeyfobServer", "KeyfobSignIn", "KeyfobTerminal",
                "KeyfobTransport", "KeyfobWeb", "cldkctl", "keyfob", "pipecat", "podstack", "skytells", "videosdk",
                httpTypes, hummingbird, hummingbirdTesting, nioCore,
            ]
        ),
    ]
)

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
