/// The drawings of the pages, all decoration: what they say stands beside them in words.
enum IconTemplate {
    static let alert = svg(
        "M12 8.5v4.5m0 3.5v.01M10.3 4 2.6 17.3A2 2 0 0 0 4.3 20.3h15.4a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z"
    )
    static let check = svg("m5 12.5 4.6 4.6L19.2 7.3")
    static let cross = svg("m6.5 6.5 11 11m0-11-11 11")
    static let shield = svg(
        "M12 3 4.8 5.8v5.4c0 4.5 3 8 7.2 9.8 4.2-1.8 7.2-5.3 7.2-9.8V5.8L12 3Zm-3.2 9 2.4 2.4 4.2-4.4"
    )
    static let terminal = svg("m5 8 4.2 4L5 16m7 .5h7")

    private static func svg(_ path: String) -> String {
        #"<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">"#
            + #"<path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" "#
            + #"stroke-linejoin="round" d="\#(path)"/></svg>"#
    }
}
