#if os(Linux)
    import Foundation
    import Glibc
    import Testing

    /// A session bus of its own with a real GNOME Keyring, in a home folder of its own.
    ///
    /// libsecret knows one bus per process, so what is tested runs in an exit test that takes ``address``.
    final class KeyringSession {
        /// What runs on the bus.
        enum Service {
            /// Nothing.
            case none
            /// A keyring that is open.
            case unlocked
            /// A keyring that was made in another session, and not opened in this one.
            case locked
            /// A service without any keyring.
            case empty
        }

        /// What a person does who is asked for the keyring's password.
        enum Answer: String {
            case password = "ok"
            case refusal = "cancel"
        }

        /// The bus's address.
        let address: String
        /// The home folder of all that runs in the session.
        let home: URL

        private let folder: URL
        private var daemons: [Daemon] = []

        static let password = "correct horse"

        /// Starts a session; in another one's home, which keeps the keyrings, if one is given.
        init(_ service: Service, home: URL? = nil, person: Answer? = nil) throws {
            folder = URL(fileURLWithPath: "/tmp/keyfob-bus-\(getpid())-\(UUID().uuidString.prefix(8))")
            self.home = home ?? folder.appendingPathComponent("home")
            for place in [folder, self.home, folder.appendingPathComponent("run")] {
                try FileManager.default.createDirectory(
                    at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            let configuration = folder.appendingPathComponent("bus.conf")
            try Self.configuration(folder).write(to: configuration, atomically: true, encoding: .utf8)
            let bus = try Daemon(
                "dbus-daemon", ["--nofork", "--print-address=1", "--config-file=\(configuration.path)"],
                environment: Self.environment(self.home, folder))
            daemons.append(bus)
            address = try #require(bus.firstLine(), "the bus did not start")
            try start(service, person)
        }

        deinit {
            for daemon in daemons.reversed() { daemon.end() }
            try? FileManager.default.removeItem(at: folder)
        }

        /// The variables of a program in the session.
        var environment: [String: String] {
            Self.environment(home, folder).merging(["DBUS_SESSION_BUS_ADDRESS": address]) { _, new in new }
        }

        /// Freezes the service: it keeps its name on the bus and answers nothing.
        func freeze() throws {
            kill(try #require(daemons.last).process, SIGSTOP)
        }

        /// Runs a program in the session and returns what it printed.
        func output(of program: String, _ arguments: String...) throws -> String {
            try Daemon(program, arguments, environment: environment).allOutput()
        }

        private func start(_ service: Service, _ person: Answer?) throws {
            var environment = environment
            if let person {
                let prompter = try Daemon(
                    "python3", ["-c", Self.prompter, person.rawValue, Self.password], environment: environment)
                daemons.append(prompter)
                let name = try #require(prompter.firstLine(), "the prompter did not start")
                environment["GNOME_KEYRING_TEST_PROMPTER"] = name
            }
            let arguments = ["--foreground", "--components=secrets"]
            switch service {
            case .none: return
            case .unlocked:
                daemons.append(
                    try Daemon(
                        "gnome-keyring-daemon", arguments + ["--unlock"], environment: environment,
                        standardInput: Self.password))
                try wait(for: "boolean false", in: lockedState)
            case .locked:
                daemons.append(
                    try Daemon("gnome-keyring-daemon", arguments, environment: environment))
                try wait(for: "boolean true", in: lockedState)
            case .empty:
                daemons.append(
                    try Daemon("gnome-keyring-daemon", arguments, environment: environment))
                try wait(for: "collection/session", in: collections)
            }
        }

        private func lockedState() throws -> String {
            try property("Locked", of: "Collection", at: "/org/freedesktop/secrets/collection/login")
        }

        private func collections() throws -> String {
            try property("Collections", of: "Service", at: "/org/freedesktop/secrets")
        }

        private func property(_ name: String, of interface: String, at path: String) throws -> String {
            try output(
                of: "dbus-send", "--bus=\(address)", "--print-reply", "--dest=org.freedesktop.secrets", path,
                "org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.\(interface)", "string:\(name)")
        }

        private func wait(for text: String, in look: () throws -> String) throws {
            for _ in 0..<500 {
                if try look().contains(text) { return }
                usleep(20_000)  // allowed: the pause between two looks at a condition
            }
            Issue.record("the keyring is not ready")
        }

        private static func environment(_ home: URL, _ folder: URL) -> [String: String] {
            [
                "PATH": "/usr/bin:/bin", "HOME": home.path, "LANG": "C.UTF-8",
                "XDG_RUNTIME_DIR": folder.appendingPathComponent("run").path,
            ]
        }

        // No service folders: else the bus itself would start a keyring where there should be none.
        private static func configuration(_ folder: URL) -> String {
            """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path=\(folder.path)/bus</listen>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
            </busconfig>
            """
        }

        // The prompter that GNOME's own tests use, as a program: prints its name on the bus and waits to be ended.
        private static let prompter = """
            import ctypes, signal, sys
            gcr = ctypes.CDLL("libgcr-base-3.so.1")
            gcr.gcr_mock_prompter_start.restype = ctypes.c_char_p
            name = gcr.gcr_mock_prompter_start()
            if sys.argv[1] == "ok":
                gcr.gcr_mock_prompter_expect_password_ok(sys.argv[2].encode(), None)
            else:
                gcr.gcr_mock_prompter_expect_password_cancel()
            print(name.decode(), flush=True)
            signal.pause()
            """
    }
#endif
