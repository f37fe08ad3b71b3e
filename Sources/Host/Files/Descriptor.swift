import Glibc

/// An open file descriptor that closes itself.
struct Descriptor: ~Copyable {
    let number: CInt

    init(_ number: CInt) {
        self.number = number
    }

    deinit {
        // Closing what is not open would overwrite errno.
        if number >= 0 { close(number) }
    }

    /// Hands the descriptor over to somebody who will close it.
    consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }
}
