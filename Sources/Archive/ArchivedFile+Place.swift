import Foundation
import Host
import Jobs
import Sales

extension ArchivedFile {
    /// Where it stands in the archive.
    func place(in root: String) throws(HostError) -> FilePlace {
        let name = "\(file.document.fileName).\(file.form.rawValue)"
        return try FilePlace(path: ([root] + folders + [name]).joined(separator: "/"))
    }

    /// The folders on the way to it, outermost first. A document of unknown time has no month.
    var folders: [String] {
        guard let readiedAt else { return ["undated"] }
        let parts = Self.calendar.dateComponents([.year, .month], from: readiedAt)
        return [Self.padded(parts.year ?? 0, to: 4), Self.padded(parts.month ?? 0, to: 2)]
    }

    /// The shop's month: Bangkok's, which knows no summer time.
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 7 * 3_600) ?? .gmt
        return calendar
    }()

    private static func padded(_ number: Int, to digits: Int) -> String {
        let text = String(max(number, 0))
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
