extension Dialect {
    /// The value of an option, as a settings file has it.
    package enum OptionValue: Sendable, Hashable {
        case flag(Bool)
        case number(Int)
        case text(String)
    }

    /// A setting that one dialect has and others have not.
    package struct Option: Sendable {
        /// The key in the settings file.
        package let name: String
        /// What it does, for the operator.
        package let words: String

        private let wanted: String
        private let change: @Sendable (OptionValue, inout Dialect) -> Bool

        /// A setting that is `true` or `false`.
        package static func flag(
            _ name: String, _ words: String, _ change: @escaping @Sendable (inout Dialect, Bool) -> Void
        ) -> Option {
            Option(name: name, words: words, wanted: "write true or false") { value, dialect in
                guard case .flag(let flag) = value else { return false }
                change(&dialect, flag)
                return true
            }
        }

        /// The most seconds of any setting, ten years: no sum of a time and a life overflows.
        private static let mostSeconds = 10 * 365 * 86_400

        /// A setting that is a number of seconds, at least one and at most ten years of them.
        package static func seconds(
            _ name: String, _ words: String, _ change: @escaping @Sendable (inout Dialect, Int) -> Void
        ) -> Option {
            let wanted = "write a number of seconds, 1 to \(mostSeconds)"
            return Option(name: name, words: words, wanted: wanted) { value, dialect in
                guard case .number(let number) = value, (1...mostSeconds).contains(number) else { return false }
                change(&dialect, number)
                return true
            }
        }

        /// A setting that is text; the change says whether it can be used.
        package static func text(
            _ name: String, _ words: String, wanted: String,
            _ change: @escaping @Sendable (inout Dialect, String) -> Bool
        ) -> Option {
            Option(name: name, words: words, wanted: wanted) { value, dialect in
                guard case .text(let text) = value else { return false }
                return change(&dialect, text)
            }
        }

        func apply(_ value: OptionValue, to dialect: inout Dialect) throws(DialectSettingError) {
            guard change(value, &dialect) else {
                throw DialectSettingError(path: [name], message: "\(name) can't be that", hint: wanted)
            }
        }
    }
}
