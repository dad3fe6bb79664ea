extension Wording {
    /// How errors and warnings are printed.
    public struct ErrorStyle: Sendable, Hashable {
        /// What stands before an error, in red; nothing if it is empty.
        public var mark: String
        /// What stands before what to do next; `nil` indents it by two instead.
        public var hintMark: String?
        /// What stands before a warning, in yellow; `nil` is the warning sign.
        public var warningMark: String?
        /// Whether the whole line of an error is red, and not only its mark.
        public var isWhollyRed: Bool
        /// Whether messages begin with a capital.
        public var capitalizes: Bool

        /// Describes a style.
        public init(
            mark: String, hintMark: String? = nil, warningMark: String? = nil, isWhollyRed: Bool = false,
            capitalizes: Bool = true
        ) {
            self.mark = mark
            self.hintMark = hintMark
            self.warningMark = warningMark
            self.isWhollyRed = isWhollyRed
            self.capitalizes = capitalizes
        }

        /// `error: …`, `hint: …` and `warning: …`, in lower case.
        public static let labelled = ErrorStyle(
            mark: "error:", hintMark: "hint:", warningMark: "warning:", capitalizes: false)

        /// A sign, sentences with a capital, and the hint indented below.
        public static func sign(_ sign: String) -> ErrorStyle {
            ErrorStyle(mark: sign)
        }

        /// `Error: …` all in red, the hint indented below.
        public static let error = ErrorStyle(mark: "Error:", warningMark: "Warning:", isWhollyRed: true)

        /// `Error: …`, then `Solution: …`, then a command on a line of its own.
        public static let solution = ErrorStyle(mark: "Error:", hintMark: "Solution:", warningMark: "Warning:")
    }
}
