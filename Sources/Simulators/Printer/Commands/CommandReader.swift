/// Takes a stream of ESC/POS apart, however the bytes arrive.
///
/// What it holds back is bounded: at most one row of an image, or a dozen bytes of a command that has not ended. Bytes
/// inside the data of an image are data, real-time commands included; where a printer sees those too, ``RealTimeStatusReader`` does.
struct CommandReader {
    /// A command, and how many bytes of the stream it took.
    struct Token: Equatable {
        let command: PrinterCommand
        let byteCount: Int
    }

    private enum State {
        case command
        case raster(bytesPerRow: Int, rowsLeft: Int)
        case skipping(left: Int)
        case skippingToNUL
    }

    private var state = State.command
    private var held: [UInt8] = []
    /// Bytes that were read and belong to no token yet, because nothing comes of them.
    private var uncounted = 0

    /// Whether the next byte belongs to a command that has begun.
    var isMidCommand: Bool {
        guard case .command = state else { return true }
        return !held.isEmpty
    }

    /// Forgets a command that has not ended, as a printer does that is switched off.
    mutating func reset() {
        self = CommandReader()
    }

    /// Hands over every command that is complete with these bytes.
    mutating func read(_ bytes: some Collection<UInt8>, _ emit: (Token) -> Void) {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch state {
            case .command: readCommand(&rest, emit)
            case .raster(let bytesPerRow, let rowsLeft): readRow(&rest, bytesPerRow, rowsLeft, emit)
            case .skipping(let left):
                let count = min(left, rest.count)
                rest = rest.dropFirst(count)
                uncounted += count
                state = count == left ? .command : .skipping(left: left - count)
            case .skippingToNUL:
                let skipped = rest.prefix { $0 != 0 }.count
                rest = rest.dropFirst(skipped)
                uncounted += skipped
                if rest.popFirst() != nil {
                    uncounted += 1
                    state = .command
                }
            }
        }
    }

    private mutating func readRow<Rest: Collection<UInt8>>(
        _ rest: inout Rest, _ bytesPerRow: Int, _ rowsLeft: Int, _ emit: (Token) -> Void
    ) where Rest.SubSequence == Rest {
        let part = rest.prefix(bytesPerRow - held.count)
        held += part
        rest = rest.dropFirst(part.count)
        guard held.count == bytesPerRow else { return }
        emit(Token(command: .rasterRow(held), byteCount: bytesPerRow))
        held.removeAll(keepingCapacity: true)
        state = rowsLeft > 1 ? .raster(bytesPerRow: bytesPerRow, rowsLeft: rowsLeft - 1) : .command
    }

    private mutating func readCommand<Rest: Collection<UInt8>>(
        _ rest: inout Rest, _ emit: (Token) -> Void
    ) where Rest.SubSequence == Rest {
        guard let byte = rest.popFirst() else { return }
        held.append(byte)
        let command: PrinterCommand
        switch CommandTable.read(held) {
        case .incomplete:
            return
        case .complete(let complete):
            command = complete
        case .raster(let head):
            command = .raster(head)
            if head.bytesPerRow > 0, head.rows > 0 {
                state = .raster(bytesPerRow: head.bytesPerRow, rowsLeft: head.rows)
            }
        case .data(let name, let count):
            command = .undrawn(name)
            if count > 0 { state = .skipping(left: count) }
        case .dataToNUL(let name):
            command = .undrawn(name)
            state = .skippingToNUL
        }
        emit(Token(command: command, byteCount: held.count + uncounted))
        uncounted = 0
        held.removeAll(keepingCapacity: true)
    }
}
