import Foundation
import NIOCore
import NIOPosix
public import Printing
public import Simulators
import Synchronization

/// Somebody else's printer at the end of a cable: the network's, or a character device that a pseudo-terminal plays.
public final class PluggedPrinter: Sendable {
    public enum Cable: String, Sendable, CaseIterable {
        case tcp, usb, serial
    }

    private let cable: Cable
    private let machine: VirtualPrinter
    private let link: URL
    private let plugged = Mutex<(cable: any Channel, gone: EventLoopFuture<Void>)?>(nil)

    public init(_ machine: VirtualPrinter, by cable: Cable) {
        self.machine = machine
        self.cable = cable
        link = FileManager.default.temporaryDirectory.appending(path: "kamkap-lp-\(UUID().uuidString)")
    }

    public var device: PrinterDevice {
        get async throws {
            switch cable {
            case .tcp: .tcp(host: "127.0.0.1", port: try await machine.address().port)
            case .usb: .usb(path: link.path)
            case .serial: .serial(path: link.path, baud: 115_200, flow: .none)
            }
        }
    }

    /// Puts the cable in, again too.
    public func plugIn() async throws {
        guard cable != .tcp else { return }
        await pullOut()
        let terminal = try PseudoTerminal(at: link)
        let (host, port) = try await machine.address()
        let printerEnd = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .connect(host: host, port: port).get()
        let far = dup(terminal.far)
        let shopEnd = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .takingOwnershipOfDescriptor(inputOutput: far).get()
        try await shopEnd.pipeline.addHandler(Relay(to: printerEnd)).get()
        try await printerEnd.pipeline.addHandler(Relay(to: shopEnd)).get()
        // The device goes when its printer does.
        let gone = shopEnd.closeFuture.map {
            terminal.pullOut()
            terminal.unplug()
        }
        shopEnd.read()
        printerEnd.read()
        plugged.withLock { $0 = (shopEnd, gone) }
    }

    public func pullOut() async {
        guard let plugged = plugged.withLock({ $0 }) else { return }
        try? await plugged.cable.close()
        try? await plugged.gone.get()
    }

    /// Hands on what it reads, and reads on when that was taken.
    private final class Relay: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let other: any Channel

        init(to other: any Channel) {
            self.other = other
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let channel = context.channel
            other.writeAndFlush(unwrapInboundIn(data)).whenComplete { _ in channel.read() }
        }

        func channelInactive(context: ChannelHandlerContext) {
            other.close(promise: nil)
        }
    }
}
