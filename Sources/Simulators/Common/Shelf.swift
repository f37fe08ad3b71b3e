import Foundation

/// A thing that the API lists and finds by its id.
protocol Shelved {
    var id: String { get }
    /// By what a list may be in order.
    var number: String { get }
    var madeAt: Date { get }
    /// Whether it was deleted: nobody finds it any more.
    var isGone: Bool { get }
    /// The day by which a list may be in order.
    var day: String { get }
}

extension Shelved {
    var day: String { "" }
}

/// Things in the order in which they were made, and the order in which they are listed.
struct Shelf<Item: Shelved> {
    private struct Arrangement {
        let order: ShelfOrder
        let visible: Int
        let places: [Int]
    }

    /// All of them, with those that are gone.
    private(set) var items: [Item] = []
    private var places: [String: Int] = [:]
    /// How the last list was in order; nil after a change.
    private var arrangement: Arrangement?

    var live: [Item] { items.filter { !$0.isGone } }

    subscript(id: String) -> Item? {
        places[id].flatMap { items[$0].isGone ? nil : items[$0] }
    }

    mutating func add(_ item: Item) {
        places[item.id] = items.count
        items.append(item)
        arrangement = nil
    }

    /// Changes what is there.
    mutating func change(_ id: String, _ change: (inout Item) -> Void) {
        guard let place = places[id] else { return }
        change(&items[place])
        arrangement = nil
    }

    /// Those that a list shows at a time, in its order.
    ///
    /// - Parameter lag: how long a new one is missing
    mutating func listed(_ order: ShelfOrder, lag: Duration, now: Date) -> [Int] {
        let limit = now.addingTimeInterval(-(lag / .seconds(1)))
        var visible = items.count
        while lag > .zero, visible > 0, items[visible - 1].madeAt > limit { visible -= 1 }
        if let arrangement, order != .unstable, arrangement.order == order, arrangement.visible == visible {
            return arrangement.places
        }
        let places = arranged(items.indices.prefix(visible).filter { !items[$0].isGone }, order)
        arrangement = Arrangement(order: order, visible: visible, places: places)
        return places
    }

    private func arranged(_ places: [Int], _ order: ShelfOrder) -> [Int] {
        switch order {
        case .oldest: places
        case .newest: places.reversed()
        case .number: places.sorted { (items[$0].number, $0) < (items[$1].number, $1) }
        // Ids are random, so their order is nobody's.
        case .shuffled: places.sorted { items[$0].id < items[$1].id }
        case .unstable:
            places.map { (day: items[$0].day, luck: UInt64.random(in: 0...(.max)), place: $0) }
                .sorted { ($1.day, $0.luck) < ($0.day, $1.luck) }.map(\.place)
        }
    }
}
