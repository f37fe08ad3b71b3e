import Foundation
import GRDB

/// Reads SQLite's record format (sqlite.org/fileformat2.html#record_format), and checks everything in it.
struct RecordReader {
    private let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// A row's values; nil if their types and lengths do not fill the record exactly.
    static func values(of record: [UInt8]) -> [DatabaseValue]? {
        var header = RecordReader(record)
        guard let length = header.varint(), (1...Int64(record.count)).contains(length) else { return nil }
        var body = RecordReader(record, from: Int(length))
        var values: [DatabaseValue] = []
        while header.position < Int(length) {
            guard let type = header.varint(), let value = body.value(of: type) else { return nil }
            values.append(value)
        }
        return header.position == Int(length) && body.position == record.count ? values : nil
    }

    /// Seven bits a byte, most significant first, and a ninth byte whole.
    mutating func varint() -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7f)
            if byte & 0x80 == 0 { return Int64(bitPattern: value) }
        }
        return nil
    }

    private mutating func value(of type: Int64) -> DatabaseValue? {
        switch type {
        case 0: return .null
        case 1...6: return integer(of: [1, 2, 3, 4, 6, 8][Int(type) - 1])?.databaseValue
        case 7: return integer(of: 8).map { Double(bitPattern: UInt64(bitPattern: $0)).databaseValue }
        case 8, 9: return (type - 8).databaseValue
        case 12...:
            guard let content = take((type - 12) / 2) else { return nil }
            if type.isMultiple(of: 2) { return Data(content).databaseValue }
            return String(validating: content, as: UTF8.self)?.databaseValue
        default: return nil
        }
    }

    /// Two's complement, big-endian.
    private mutating func integer(of size: Int64) -> Int64? {
        guard let content = take(size), let first = content.first else { return nil }
        let sign: Int64 = first & 0x80 == 0 ? 0 : -1
        return content.reduce(sign) { $0 << 8 | Int64($1) }
    }

    private mutating func take(_ count: Int64) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= Int64(bytes.count - position) else { return nil }
        defer { position += Int(count) }
        return bytes[position..<position + Int(count)]
    }
}
