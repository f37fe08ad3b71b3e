/// `"300ms"`, `"5s"`, `"2m"`, `"12h"`, `"30d"`, `"5y"`.
public enum DurationText {
    public static let rule = "a duration such as \"300ms\", \"5s\", \"2m\", \"12h\", \"30d\" or \"5y\""
    // A year is counted long, so that nothing is purged before the law allows it.
    private static let units: [(suffix: String, unit: Duration)] = [
        ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3_600)),
        ("d", .seconds(86_400)), ("y", .seconds(366 * 86_400)),
    ]

    public static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), let count = Int(digits) else { return nil }
        return units.first { $0.suffix == text.dropFirst(digits.count) }.map { $0.unit * count }
    }
}
