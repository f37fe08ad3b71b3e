import Dispatch
public import Foundation
import Synchronization

/// The calls of the last minute, in a file: the service goes on counting them while the gateway is killed and started again.
///
/// It is not synced: only a power cut loses it, and then the service may answer 429 once. A file that cannot be used makes the
/// gateway forget its calls, and does nothing else.
public final class CallJournal: Sendable {
    private enum Mark: String {
        case began = "b"
        case ended = "e"
    }

    /// Bytes after which what is old is left out.
    private static let longest = 64 << 10
    /// Seconds; longer than a service counts a call.
    private static let longestAgo: TimeInterval = 300

    private let url: URL
    /// In counted time, which goes on from one start to the next.
    private let now: @Sendable () -> Date
    /// For each group, how long ago its calls ended that are on record from before; zero for one whose end is not.
    private let before: [CallGroup: [Duration]]
    private let lastCall = Mutex(0)
    /// A disk may hang: no call waits for it.
    private let queue = DispatchQueue(label: "kamkap.scanlyiq.calls")
    private let file = Mutex<(handle: FileHandle, size: Int)?>(nil)

    public init(path: String, now: @escaping @Sendable () -> Date) {
        url = URL(fileURLWithPath: path)
        self.now = now
        before = Self.read(url, at: now())
        startAnew()
    }

    /// For each call from before that still counts, when it ends to.
    func remaining(_ group: CallGroup, of window: Duration) -> [Duration] {
        (before[group] ?? []).map { window - $0 }.filter { $0 > .zero }
    }

    /// - Returns: what to name at its end.
    func began(_ group: CallGroup) -> Int {
        let call = lastCall.withLock { last in
            last += 1
            return last
        }
        write(.began, group, call)
        return call
    }

    func ended(_ group: CallGroup, _ call: Int) { write(.ended, group, call) }

    /// Waits until what was told so far is written.
    func flush() { queue.sync {} }

    private func write(_ mark: Mark, _ group: CallGroup, _ call: Int) {
        let line = Data("\(mark.rawValue) \(group.rawValue) \(call) \(Self.milliseconds(now()))\n".utf8)
        queue.async { [self] in
            if file.withLock({ $0.map { $0.size + line.count > Self.longest } ?? false }) { startAnew() }
            file.withLock { file in
                guard let open = file else { return }
                do {
                    try open.handle.write(contentsOf: line)
                    file = (open.handle, open.size + line.count)
                } catch {
                    file = nil
                }
            }
        }
    }

    /// A file with those of the one before that still count.
    private func startAnew() {
        let date = now()
        var text = ""
        for (group, calls) in Self.read(url, at: date) {
            for (index, ago) in calls.enumerated() {
                // Numbers that no call of this start has.
                text.append("e \(group.rawValue) \(-1 - index) \(Self.milliseconds(date - ago / .seconds(1)))\n")
            }
        }
        let bytes = Data(text.utf8)
        file.withLock { file in
            file = nil
            guard (try? bytes.write(to: url, options: .atomic)) != nil,
                let handle = try? FileHandle(forWritingTo: url), (try? handle.seekToEnd()) != nil
            else { return }
            file = (handle, bytes.count)
        }
    }

    /// What a file says of the last minutes. A line that is cut short, or that nobody here wrote, is left out.
    private static func read(_ url: URL, at now: Date) -> [CallGroup: [Duration]] {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [:] }
        var calls: [CallGroup: [Duration]] = [:]
        var open: [Substring: CallGroup] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 4, let mark = Mark(rawValue: String(fields[0])),
                let group = CallGroup(rawValue: String(fields[1])), let time = Double(fields[3])
            else { continue }
            switch mark {
            case .began: open[fields[2]] = group
            case .ended:
                open[fields[2]] = nil
                let ago = now.timeIntervalSince1970 - time / 1_000
                if ago < longestAgo { calls[group, default: []].append(.seconds(max(0, ago))) }
            }
        }
        // One without an end may have been cut off just now.
        for group in open.values { calls[group, default: []].append(.zero) }
        return calls
    }

    private static func milliseconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970 * 1_000) }
}
