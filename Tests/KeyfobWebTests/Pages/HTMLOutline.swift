/// The tags of a document as a browser's tokenizer sees them: by bytes, blind to grapheme clusters.
struct HTMLOutline {
    struct Tag: Equatable {
        var name: String
        var attributes: [String: String]
    }

    private(set) var tags: [Tag] = []

    init(_ html: String) {
        var bytes = Array(html.utf8)[...]
        while let open = bytes.firstIndex(of: UInt8(ascii: "<")) {
            bytes = bytes[(open + 1)...]
            guard let next = bytes.first, Self.isLetter(next) || next == UInt8(ascii: "/") else { continue }
            let slash = next == UInt8(ascii: "/") ? "/" : ""
            bytes = bytes.dropFirst(slash.utf8.count)
            let name = slash + Self.take(&bytes) { !" />\n".utf8.contains($0) }
            tags.append(Tag(name: name.lowercased(), attributes: Self.attributes(&bytes)))
        }
    }

    func all(_ name: String) -> [Tag] {
        tags.filter { $0.name == name }
    }

    /// The names of all tags with the names of their attributes: what hostile text must not change.
    var structure: [String] {
        tags.map { ([$0.name] + $0.attributes.keys.sorted()).joined(separator: " ") }
    }

    private static func attributes(_ bytes: inout ArraySlice<UInt8>) -> [String: String] {
        var found: [String: String] = [:]
        while let first = bytes.first, first != UInt8(ascii: ">") {
            guard !" /\n".utf8.contains(first) else {
                bytes = bytes.dropFirst()
                continue
            }
            let name = take(&bytes) { !" />=\n".utf8.contains($0) }
            guard bytes.first == UInt8(ascii: "=") else {
                found[name] = ""
                continue
            }
            bytes = bytes.dropFirst()
            guard bytes.first == UInt8(ascii: "\"") else {
                found[name] = take(&bytes) { !" >\n".utf8.contains($0) }
                continue
            }
            bytes = bytes.dropFirst()
            found[name] = take(&bytes) { $0 != UInt8(ascii: "\"") }
            bytes = bytes.dropFirst()
        }
        return found
    }

    private static func take(_ bytes: inout ArraySlice<UInt8>, while condition: (UInt8) -> Bool) -> String {
        let taken = bytes.prefix(while: condition)
        bytes = bytes.dropFirst(taken.count)
        return String(decoding: taken, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
