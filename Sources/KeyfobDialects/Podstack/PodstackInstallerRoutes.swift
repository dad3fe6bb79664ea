import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobWeb

/// The script that installs the program, and the programs that it fetches, from a folder of the operator's.
///
/// A program is offered if its checksum stands beside it, as `sha256sum` writes it; nothing else in the folder can be
/// fetched.
struct PodstackInstallerRoutes {
    /// The systems that programs can be offered for: what `uname` calls them, and the file.
    private static let programs = [
        ("Linux-x86_64", "podstack-linux-x86_64"), ("Linux-aarch64", "podstack-linux-aarch64"),
    ]

    private let folder: String?
    private let origin: String

    /// Offers what a folder holds.
    ///
    /// - Parameters:
    ///   - folder: The folder; `nil` offers nothing, and says so.
    ///   - origin: Where the script finds the programs.
    init(folder: String?, origin: String) {
        self.folder = folder
        self.origin = origin
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("cli") { _, _ in
            let script = PodstackInstaller(origin: origin, offers: offers)
            return Response(
                status: offers.isEmpty ? .notFound : .ok,
                headers: [.contentType: "text/x-shellscript; charset=utf-8", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: script.text))
            )
        }
        for (system, program) in Self.programs {
            router.get(RouterPath("cli/\(program)")) { _, context in
                guard let folder, offers.contains(where: { $0.system == system }) else {
                    throw HTTPError(.notFound)
                }
                return Response(
                    status: .ok, headers: [.contentType: "application/octet-stream", .cacheControl: "no-cache"],
                    body: try await FileIO().loadFile(path: "\(folder)/\(program)", context: context)
                )
            }
        }
    }

    private var offers: [PodstackInstaller.Offer] {
        guard let folder else { return [] }
        return Self.programs.compactMap { system, program in
            guard let text = try? String(contentsOfFile: "\(folder)/\(program).sha256", encoding: .utf8),
                let checksum = PodstackInstaller.checksum(in: text),
                FileManager.default.isReadableFile(atPath: "\(folder)/\(program)")
            else { return nil }
            return PodstackInstaller.Offer(system: system, program: program, checksum: checksum)
        }
    }
}
