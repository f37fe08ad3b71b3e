/// Other names that people write for places.
enum PlaceAlias {
    /// By the changwat's id.
    private static let changwats: [UInt32: Set<NameKey>] = [
        10: keys("กทม", "กรุงเทพ", "Krung Thep", "Krung Thep Maha Nakhon", "BKK"),
        14: keys("อยุธยา", "Ayutthaya"),
    ]
    /// อำเภอเมือง: the amphoe of the changwat's seat, whose whole name has the changwat's behind it.
    private static let seats = keys("เมือง", "Mueang", "Muang")

    static func isChangwat(_ id: UInt32, called key: NameKey) -> Bool { changwats[id]?.contains(key) ?? false }

    /// The seat's amphoe has the first number. Bangkok has none.
    static func isAmphoe(_ id: UInt32, called key: NameKey) -> Bool {
        id % 100 == 1 && id / 100 != 10 && seats.contains(key)
    }

    private static func keys(_ names: String...) -> Set<NameKey> { Set(names.map { NameKey($0) }) }
}
