/// Finding what a person may have meant.
enum Suggestion {
    /// The word that differs least from what was typed, if the difference is a typing error's.
    static func closest(to typed: String, among words: [String]) -> String? {
        let limit = max(1, typed.count / 3)
        return words.map { (word: $0, distance: distance(typed.lowercased(), $0)) }
            .filter { $0.distance <= limit }
            .min { $0.distance < $1.distance }?.word
    }

    /// How many letters have to be inserted, removed, replaced or swapped with their neighbour.
    static func distance(_ first: String, _ second: String) -> Int {
        let left = Array(first)
        let right = Array(second)
        var rows = [Array(0...right.count)]
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
                let isSwapped = i > 0 && j > 0 && letter == right[j - 1] && left[i - 1] == other
                if isSwapped { cost = min(cost, rows[i - 1][j - 1] + 1) }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
