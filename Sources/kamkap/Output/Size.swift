/// Bytes as text.
enum Size {
    static func text(_ bytes: Int) -> String {
        let (unit, name): (Int, String) =
            bytes < 1 << 20 ? (1 << 10, "KiB") : bytes < 1 << 30 ? (1 << 20, "MiB") : (1 << 30, "GiB")
        let tenths = bytes * 10 / unit
        return tenths >= 1_000 || tenths % 10 == 0 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
}
