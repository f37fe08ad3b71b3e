extension AddressTable {
    func matching(tambon: WrittenName, amphoe: WrittenName, changwat: WrittenName, postCode: String?) -> [Tambon] {
        let code = postCode.map { NameKey($0).bytes }
        if let code, code.count != 5 { return [] }
        let rows = withBytes { bytes in
            func isNamed(_ row: PlaceRow, _ name: WrittenName, orCalled: (UInt32, NameKey) -> Bool) -> Bool {
                name.keys.contains { Self.isNamed(row, $0, bytes) || orCalled(row.id, $0) }
            }
            return changwats.filter { isNamed($0, changwat, orCalled: PlaceAlias.isChangwat) }
                .flatMap { Self.rows(in: $0.id, of: amphoes) }
                .filter { isNamed($0, amphoe, orCalled: PlaceAlias.isAmphoe) }
                .flatMap { Self.rows(in: $0.id, of: tambons) }
                .filter { row in
                    isNamed(row, tambon) { _, _ in false } && code.map { Self.has($0, row, in: bytes) } ?? true
                }
        }
        return rows.compactMap { self.tambon($0) }
    }

    private static func isNamed(_ row: PlaceRow, _ key: NameKey, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        NameFit(key, in: bytes, at: row.english) == .exact || isExact(key, row.thai, bytes)
    }

    /// A name with another one in brackets, ปอภาร (ปอพาน), is written with both or with either.
    private static func isExact(_ key: NameKey, _ name: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let fit = NameFit(key, in: bytes, at: name) else { return false }
        if fit == .exact { return true }
        // The type names the slices that keep the places of the whole.
        let parts: [Slice<UnsafeBufferPointer<UInt8>>] = bytes[name].split {
            $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")")
        }
        return parts.contains { NameFit(key, in: bytes, at: $0.startIndex..<$0.endIndex) == .exact }
    }
}
