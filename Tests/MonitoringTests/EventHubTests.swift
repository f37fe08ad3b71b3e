import Foundation
import Testing

@testable import Monitoring

@Suite(.timeLimit(.minutes(1))) struct EventHubTests {
    private func event(_ number: Int) -> GatewayEvent {
        .gateway(
            .init(
                state: .up, since: Date(timeIntervalSince1970: Double(number)), code: nil,
                startedAt: Date(timeIntervalSince1970: 0), dropped: 0))
    }

    @Test("every reader has every event from its coming on, under the ids of the hub")
    func everybody() async throws {
        let hub = EventHub()
        hub.publish(event(1))
        let first = try #require(hub.reader())
        hub.publish(event(2))
        let second = try #require(hub.reader())
        hub.publish(event(3))
        for reader in [first, second] { reader.end() }
        var heard: [EventReader.Element] = []
        for await element in first { heard.append(element) }
        #expect(heard == [.event(id: 2, event(2)), .event(id: 3, event(3))])
        heard = []
        for await element in second { heard.append(element) }
        #expect(heard == [.event(id: 3, event(3))])
        #expect(second.lastID == 2)
    }

    @Test("a reader that takes nothing loses the oldest, and is told how many; publishing goes on")
    func slow() async throws {
        let hub = EventHub()
        let reader = try #require(hub.reader())
        let count = EventHub.maximumWaiting + 100
        for number in 1...count { hub.publish(event(number)) }
        reader.remind()
        reader.end()
        var heard: [EventReader.Element] = []
        for await element in reader { heard.append(element) }
        // The reminder took a place as well.
        #expect(heard.first == .missed(101, lastID: 101))
        #expect(heard[1] == .event(id: 102, event(102)))
        #expect(heard.suffix(2) == [.event(id: count, event(count)), .silence])
        #expect(heard.count == 1 + EventHub.maximumWaiting)
    }

    @Test("readers are limited, and one that goes makes room")
    func limit() throws {
        let hub = EventHub()
        var readers = (0..<EventHub.maximumReaders).map { _ in hub.reader() }
        #expect(readers.allSatisfy { $0 != nil })
        #expect(hub.reader() == nil)
        readers.removeLast()
        #expect(hub.reader() != nil)
    }

    @Test("without a reader an event is not even made")
    func nobody() throws {
        let hub = EventHub()
        var made = 0
        func make() -> GatewayEvent {
            made += 1
            return event(made)
        }
        hub.publish(make())
        #expect(made == 0)
        let reader = try #require(hub.reader())
        hub.publish(make())
        #expect(made == 1)
        #expect(reader.lastID == 1)
    }
}
