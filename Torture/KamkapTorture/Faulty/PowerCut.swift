import Foundation

/// Takes back what a killed gateway had written and not synced, as a power cut does; SIGKILL alone leaves everything in
/// the page cache. faulty.c kept the journal. It takes back the contents of files, not their names.
struct PowerCut {
    private struct Entry {
        enum Kind: UInt64 { case write, truncate, sync }
        let kind: Kind
        let path: String
        let offset: UInt64
        let sizeBefore: UInt64
        let old: Data
        let new: Data
    }

    let journal: URL

    /// Leaves in each file what was synced and, at random, some of what was not: a disk keeps no order between two
    /// syncs.
    ///
    /// - Returns: how many writes were taken back.
    func strike(_ dice: inout Dice) throws -> Int {
        var unsynced: [String: [Entry]] = [:]
        for entry in try entries() {
            if entry.kind == .sync {
                unsynced[entry.path] = nil
            } else {
                unsynced[entry.path, default: []].append(entry)
            }
        }
        try FileManager.default.removeItem(at: journal)
        var lost = 0
        for (path, entries) in unsynced.sorted(by: { $0.key < $1.key }) {
            guard let file = FileHandle(forUpdatingAtPath: path) else { continue }
            defer { try? file.close() }
            for entry in entries.reversed() { try takeBack(entry, of: file) }
            let share = dice.chance(50) ? 0 : dice.number(1...99)
            for entry in entries {
                if dice.chance(share) { try apply(entry, isTorn: dice.chance(20), to: file) } else { lost += 1 }
            }
        }
        return lost
    }

    private func takeBack(_ entry: Entry, of file: FileHandle) throws {
        try file.truncate(atOffset: entry.sizeBefore)
        try file.seek(toOffset: entry.offset)
        try file.write(contentsOf: entry.old)
    }

    private func apply(_ entry: Entry, isTorn: Bool, to file: FileHandle) throws {
        switch entry.kind {
        case .write:
            try file.seek(toOffset: entry.offset)
            // A disk writes whole sectors, not whole pages.
            let kept = isTorn ? entry.new.count / 2 / 512 * 512 : entry.new.count
            try file.write(contentsOf: entry.new.prefix(kept))
        case .truncate: try file.truncate(atOffset: entry.offset)
        case .sync: break
        }
    }

    /// The last entry may be cut short: then its write never happened.
    private func entries() throws -> [Entry] {
        let data = try Data(contentsOf: journal, options: .alwaysMapped)
        var entries: [Entry] = []
        var place = 0
        func number(_ index: Int) -> Int {
            data.withUnsafeBytes { Int(clamping: $0.loadUnaligned(fromByteOffset: place + 8 * index, as: UInt64.self)) }
        }
        while place + 48 <= data.count {
            let (path, old, new) = (number(1), number(4), number(5))
            let head = place + 48
            guard let kind = Entry.Kind(rawValue: UInt64(number(0))), head + path + old + new <= data.count else {
                break
            }
            entries.append(
                Entry(
                    kind: kind, path: String(decoding: data[head..<head + path], as: UTF8.self),
                    offset: UInt64(number(2)), sizeBefore: UInt64(number(3)),
                    old: data.subdata(in: head + path..<head + path + old),
                    new: data.subdata(in: head + path + old..<head + path + old + new)))
            place = head + path + old + new
        }
        return entries
    }
}
