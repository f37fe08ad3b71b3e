import Foundation

/// A moment in whole seconds, as signatures write it.
struct SigningTime: Sendable, Equatable {
    let date: Date

    init(_ date: Date) {
        self.date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
    }

    /// `20130524T000000Z`.
    var text: String { date.formatted(Self.style) }
    /// `20130524`.
    var day: String { String(text.prefix(8)) }

    private static let style = Date.ISO8601FormatStyle(
        dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted, timeZoneSeparator: .omitted,
        includingFractionalSeconds: false, timeZone: .gmt)
}
