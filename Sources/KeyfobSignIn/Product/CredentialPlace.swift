/// Where a product keeps its credential file.
public struct CredentialPlace: Sendable, Hashable {
    /// What the folder is named after.
    public enum Base: Sendable, Hashable {
        /// `$XDG_CONFIG_HOME`, or `~/.config` without it.
        case xdgConfig
        /// `~/.config` whatever the variable says.
        case dotConfig
        /// The home folder.
        case home
    }

    /// A path, and whether the folder is the program's own.
    public struct Resolved: Sendable, Hashable {
        /// The absolute path of the file.
        public let path: String
        /// Whether the program may tighten the folder's mode: not one that the user chose by variable.
        public let ownsFolder: Bool
    }

    /// What the folder is named after.
    public let base: Base
    /// The folder's name below it.
    public let folder: String
    /// The file's name.
    public let file: String
    /// A variable that names the folder itself; it wins.
    public let folderVariable: String?
    /// A variable that names the file itself, also by a relative path; it wins over everything.
    public let fileVariable: String?

    /// Describes a place.
    public init(base: Base, folder: String, file: String, folderVariable: String?, fileVariable: String? = nil) {
        self.base = base
        self.folder = folder
        self.file = file
        self.folderVariable = folderVariable
        self.fileVariable = fileVariable
    }

    /// The path for this user, or `nil` without a home folder.
    ///
    /// Relative paths of folders in variables are ignored, as the XDG base directory specification says.
    public func resolve(_ environment: [String: String]) -> Resolved? {
        func absolute(_ name: String) -> String? {
            environment[name].flatMap { value in
                guard value.hasPrefix("/") else { return nil }
                return value.count > 1 && value.hasSuffix("/") ? String(value.dropLast()) : value
            }
        }
        // Ignoring what names the file itself would write a token into another one.
        if let path = fileVariable.flatMap({ environment[$0] }), !path.isEmpty {
            return Resolved(path: path, ownsFolder: false)
        }
        if let folder = folderVariable.flatMap(absolute) {
            return Resolved(path: "\(folder)/\(file)", ownsFolder: false)
        }
        let home = absolute("HOME")
        let root: String? =
            switch base {
            case .xdgConfig: absolute("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
            case .dotConfig: home.map { "\($0)/.config" }
            case .home: home
            }
        return root.map { Resolved(path: "\($0)/\(folder)/\(file)", ownsFolder: true) }
    }

    /// A path as screens show it: the home folder is `~`.
    public static func abbreviated(_ path: String, environment: [String: String]) -> String {
        guard let home = environment["HOME"], home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }
}
