import Testing

@testable import ScanlyIQ

@Suite struct CallWindowTests {
    private let start = CallWindow.Instant.now

    private func at(_ seconds: Double) -> CallWindow.Instant { start + .seconds(seconds) }

    private func window(_ places: Int, reserve: Int = 0) -> CallWindow {
        CallWindow(places: places, reserve: reserve, length: .seconds(60), at: start)
    }

    private func place(_ entry: CallWindow.Entry) throws -> CallWindow.Place {
        guard case .place(let place) = entry else { throw FixtureError() }
        return place
    }

    @Test("a place is free again a window after its call has ended, not after it began")
    func length() throws {
        var window = window(1)
        let first = try place(window.enter(.prompt, within: .zero, at: start))
        #expect(first.start == start)
        // Nobody knows when it ends.
        #expect(window.enter(.prompt, within: .zero, at: at(40)) == .later(at(41)))
        window.leave(first, at: at(50))
        #expect(window.enter(.prompt, within: .zero, at: at(60)) == .later(at(110)))
        #expect(try place(window.enter(.prompt, within: .zero, at: at(110))).start == at(110))
    }

    @Test("calls from before the start count until their time is over") func before() throws {
        var window = CallWindow(places: 4, taken: [at(50), at(20)], length: .seconds(60), at: start)
        for _ in 0..<2 { window.leave(try place(window.enter(.prompt, within: .zero, at: at(1))), at: at(2)) }
        #expect(window.enter(.prompt, within: .seconds(5), at: at(3)) == .later(at(20)))
        for second in [20.0, 50, 62, 62] {
            #expect(try place(window.enter(.prompt, within: .seconds(60), at: at(20))).start == at(second))
        }
    }

    @Test("more calls from before than there are places leave none until they are over") func tooMany() {
        var window = CallWindow(places: 1, taken: [at(10), at(40)], length: .seconds(60), at: start)
        #expect(window.enter(.prompt, within: .seconds(5), at: at(1)) == .later(at(40)))
    }

    @Test("a call waits for a place that is free soon, and two never wait for the same one")
    func patience() throws {
        var window = window(2)
        for second in [0.0, 1] {
            window.leave(try place(window.enter(.prompt, within: .zero, at: start)), at: at(second))
        }
        #expect(window.enter(.prompt, within: .seconds(4), at: at(55)) == .later(at(60)))
        let first = try place(window.enter(.prompt, within: .seconds(5), at: at(56)))
        let second = try place(window.enter(.prompt, within: .seconds(5), at: at(56)))
        #expect((first.start, second.start) == (at(60), at(61)))
        #expect(window.enter(.prompt, within: .seconds(5), at: at(56)) == .later(at(57)))
        // One of them gives up: the other's place is not the one that is free then.
        window.giveBack(first)
        #expect(try place(window.enter(.prompt, within: .seconds(5), at: at(56))).start == at(60))
    }

    @Test("a call that nobody waits for leaves some places to those for whom somebody does")
    func reserve() throws {
        var window = window(3, reserve: 2)
        let late = try place(window.enter(.late, within: .zero, at: start))
        window.leave(late, at: start)
        #expect(window.enter(.late, within: .seconds(5), at: at(1)) == .later(at(60)))
        for _ in 0..<2 { window.leave(try place(window.enter(.prompt, within: .zero, at: at(1))), at: at(1)) }
        #expect(window.enter(.prompt, within: .zero, at: at(2)) == .later(at(60)))
        // Two are free again a second later: that is when all three are.
        #expect(try place(window.enter(.late, within: .seconds(5), at: at(60))).start == at(61))
    }

    @Test("after a 429 nothing is called for as long as the service says, and what waited is not either")
    func paused() throws {
        var window = window(2)
        let early = try place(window.enter(.prompt, within: .zero, at: start))
        window.pause(until: at(30))
        window.pause(until: at(20))
        #expect(!window.permits(early))
        #expect(window.enter(.prompt, within: .seconds(5), at: at(10)) == .later(at(30)))
        let next = try place(window.enter(.prompt, within: .seconds(5), at: at(26)))
        #expect(next.start == at(30) && window.permits(next))
    }

    @Test("however calls begin and end, no more than the places fall into any window")
    func never() throws {
        var window = window(5, reserve: 2)
        var random = SystemRandomNumberGenerator()
        var calls: [(begin: Double, end: Double)] = []
        var now = 0.0
        for _ in 0..<2_000 {
            now += Double.random(in: 0...8, using: &random)
            let urgency: CallUrgency = Bool.random(using: &random) ? .prompt : .late
            guard case .place(let place) = window.enter(urgency, within: .seconds(5), at: at(now)) else { continue }
            let begin = (place.start - start) / .seconds(1)
            // It is over before anybody else asks: what is still under way takes its place anyway.
            let end = begin + Double.random(in: 0...30, using: &random)
            window.leave(place, at: at(end))
            calls.append((begin, end))
        }
        #expect(calls.count > 200)
        // The service counts each call at any moment from its begin to its end.
        for moment in 0..<3 {
            let arrivals = calls.map { call in
                moment == 0 ? call.begin : moment == 1 ? call.end : .random(in: call.begin...call.end)
            }
            .sorted()
            for index in arrivals.indices.dropFirst(5) { #expect(arrivals[index] - arrivals[index - 5] >= 59.999) }
        }
    }
}
