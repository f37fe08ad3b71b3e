import Foundation
import GatewayAPI
import Testing

@testable import Host
@testable import Intake

@Suite struct SpoolWatchlistTests {
    private let start = SuspendingClock.now

    private func at(_ seconds: Double) -> SuspendingClock.Instant { start + .milliseconds(Int(seconds * 1_000)) }

    private func name(_ text: String) throws -> FileName { try #require(FileName(text)) }

    /// A file of so many bytes; `changed` counts what was done to it.
    private func file(_ size: Int, inode: UInt = 1, written: Int = 0, changed: Int = 0) -> FileState {
        var about = stat()
        about.st_ino = inode
        about.st_size = size
        about.st_mtim.tv_sec = written
        about.st_ctim.tv_sec = changed
        return FileState(about)
    }

    private func turns(_ list: SpoolFileTracker, at seconds: Double) -> [String] {
        list.turns(at: at(seconds)).map { "\($0.name)\($0.isLast ? " last" : "")" }
    }

    @Test("a file that nobody saw finished has its turn once it has not changed for two seconds")
    func settles() throws {
        var list = SpoolFileTracker()
        list.see([try name("a.json"): file(1)], at: at(0))
        #expect(turns(list, at: 1.9) == [])
        list.see([try name("a.json"): file(2)], at: at(1.9))
        #expect(turns(list, at: 3.8) == [])
        // The same size: somebody has written to it all the same.
        list.see([try name("a.json"): file(2, written: 1)], at: at(3.8))
        #expect(turns(list, at: 5.7) == [])
        #expect(turns(list, at: 5.8) == ["a.json"])
        // Another file under that name begins anew.
        list.see([try name("a.json"): file(2, inode: 2, written: 1)], at: at(5.8))
        #expect(turns(list, at: 7.7) == [])
        #expect(list.lookAgain == SpoolFileTracker.settling)
    }

    @Test("a file whose writer was seen to be done has its turn at once; renamed, it is judged as it is")
    func finished() throws {
        var list = SpoolFileTracker()
        list.finished(try name("closed.json"), file(1), .closed, at: at(0))
        list.finished(try name("renamed.json"), file(1, inode: 2), .renamed, at: at(0))
        #expect(turns(list, at: 0) == ["closed.json", "renamed.json last"])
    }

    @Test("a file that is early is looked at again, less often the longer it waits, and has waited after an hour")
    func early() throws {
        let a = try name("a.jpg")
        var list = SpoolFileTracker()
        list.finished(a, file(1), .renamed, at: at(0))
        for (tried, due) in [(0.0, 2.0), (2, 4), (100, 110), (1_000, 1_030), (3_599, 3_629)] {
            list.settle(a, .early(file(1)), at: at(tried))
            #expect(turns(list, at: due - 0.1) == [], "\(tried)")
            #expect(turns(list, at: due) == ["a.jpg last"], "\(tried)")
            #expect(list.turns(at: at(due)).map(\.hasWaited) == [due >= 3_600], "\(tried)")
        }
        let (waiting, hindrances) = list.summary(at: at(3_700))
        #expect(waiting == 1 && hindrances.isEmpty)
        // Other content waits anew.
        list.see([a: file(2, written: 1)], at: at(4_000))
        #expect(list.turns(at: at(4_002)).map(\.hasWaited) == [false])
    }

    @Test("half a file is looked at again when it has changed, and judged when it has not for a minute")
    func half() throws {
        let a = try name("a.json")
        var list = SpoolFileTracker()
        list.finished(a, file(1), .closed, at: at(0))
        list.settle(a, .half(file(1)), at: at(0))
        #expect(turns(list, at: 59.9) == [])
        #expect(turns(list, at: 60) == ["a.json last"])
        // Its writer opened it again.
        list.see([a: file(2)], at: at(30))
        #expect(turns(list, at: 31) == [])
        #expect(turns(list, at: 32) == ["a.json"])
        list.settle(a, .half(file(2)), at: at(32))
        #expect(turns(list, at: 89.9) == [])
        #expect(turns(list, at: 90) == ["a.json last"])
        // And closed it.
        list.finished(a, file(3), .closed, at: at(40))
        #expect(turns(list, at: 40) == ["a.json"])
    }

    @Test("one that somebody wrote to while it was read waits until they are done") func changed() throws {
        let a = try name("a.json")
        var list = SpoolFileTracker()
        list.finished(a, file(1), .closed, at: at(0))
        list.settle(a, .changed, at: at(1))
        #expect(turns(list, at: 2.9) == [])
        #expect(turns(list, at: 3) == ["a.json"])
        list.finished(a, file(2, inode: 7), .renamed, at: at(2))
        #expect(turns(list, at: 2) == ["a.json last"])
    }

    @Test("what could not be done is tried again later, at once when its mode changes, and is told meanwhile")
    func stuck() throws {
        let a = try name("a.json")
        var list = SpoolFileTracker()
        list.finished(a, file(1), .closed, at: at(0))
        list.settle(a, .stuck("cannot be read (permission denied)", file(1), nil), at: at(0))
        #expect(turns(list, at: 29) == [])
        #expect(list.lookAgain == SpoolFileTracker.retry)
        let summary = list.summary(at: at(29))
        #expect(summary.waiting == 0)
        #expect(summary.hindrances.map(\.reason) == ["cannot be read (permission denied)"])
        #expect(summary.hindrances.map(\.names) == [[a]])
        #expect(turns(list, at: 30) == ["a.json"])
        list.settle(a, .stuck("cannot be read (permission denied)", file(1), nil), at: at(30))
        #expect(list.summary(at: at(30)).hindrances.map(\.since) == [at(0)])
        list.see([a: file(1, changed: 1)], at: at(31))
        #expect(turns(list, at: 31) == ["a.json"])
        list.settle(a, .gone, at: at(31))
        #expect(list.summary(at: at(31)).hindrances.isEmpty)
        #expect(list.isEmpty)
    }

    @Test("what was found of a file that cannot be moved is kept, until somebody writes to it") func verdict() throws {
        let a = try name("a.json")
        var list = SpoolFileTracker()
        list.finished(a, file(1), .renamed, at: at(0))
        list.settle(a, .stuck("cannot be moved", file(1), .accepted()), at: at(0))
        #expect(list.turns(at: at(30)).map(\.verdict) == [.accepted()])
        list.see([a: file(1, changed: 5)], at: at(31))
        #expect(list.turns(at: at(31)).map(\.verdict) == [.accepted()])
        list.see([a: file(2)], at: at(32))
        #expect(list.turns(at: at(34)).map(\.verdict) == [nil])
    }

    @Test("where no sale can be taken files wait, and are stuck once that has lasted for a minute") func held() throws {
        var list = SpoolFileTracker()
        list.finished(try name("a.json"), file(1), .renamed, at: at(0))
        list.hold("the disk is short", at: at(0))
        #expect(list.summary(at: at(59)).waiting == 1)
        list.hold("the disk is shorter", at: at(59))
        let summary = list.summary(at: at(60))
        #expect(summary.waiting == 0)
        #expect(summary.hindrances.map(\.reason) == ["must wait (the disk is shorter)"])
        #expect(turns(list, at: 60) == ["a.json last"])
        list.hold(nil, at: at(61))
        #expect(list.summary(at: at(61)).waiting == 1)
    }

    @Test("a file that is written without end is told of after ten minutes") func endless() throws {
        let a = try name("a.json")
        var list = SpoolFileTracker()
        for second in 0..<600 { list.see([a: file(second)], at: at(Double(second))) }
        #expect(list.summary(at: at(599)).waiting == 1)
        #expect(turns(list, at: 600) == [])
        #expect(list.summary(at: at(600)).hindrances.map(\.reason) == ["is still being written"])
    }

    @Test("what is not there any more is forgotten, and turns come in the order of names") func gone() throws {
        var list = SpoolFileTracker()
        let (a, b) = (try name("a.json"), try name("b.json"))
        list.see([b: file(1), a: file(1, inode: 2)], at: at(0))
        #expect(turns(list, at: 2) == ["a.json", "b.json"])
        list.see([b: file(1)], at: at(3))
        #expect(turns(list, at: 3) == ["b.json"])
    }
}
