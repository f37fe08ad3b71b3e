public import Foundation
public import JSON

/// A printer as the API shows it.
public struct PrinterResource: Sendable, Equatable {
    public var name: String
    /// As configured.
    public var device: String
    /// Dots across the paper.
    public var dots: Int
    /// `unknown`, `ready`, `attention`, `unable` or `unreachable`.
    public var state: String
    /// What it says of itself, in plain words.
    public var detail: String?
    public var since: Date
    /// Prints that wait for it.
    public var queued: Int
    public var sensors: SensorsResource

    public init(
        name: String, device: String, dots: Int, state: String, detail: String?, since: Date, queued: Int,
        sensors: SensorsResource
    ) {
        self.name = name
        self.device = device
        self.dots = dots
        self.state = state
        self.detail = detail
        self.since = since
        self.queued = queued
        self.sensors = sensors
    }

    public var json: JSONValue {
        let own: JSONObject = [
            "name": .string(name), "device": .string(device), "dots": .number(JSONNumber(dots)),
            "state": .string(state),
            "detail": .text(detail), "since": .time(since), "queued": .number(JSONNumber(queued)),
        ]
        return .object(own.merged(with: sensors.members))
    }

    public init(json: JSONValue) throws(WireFault) {
        let members = try WireReader(json)
        name = try members.string("name")
        device = try members.string("device")
        dots = try members.integer("dots")
        state = try members.string("state")
        detail = try members.optionalString("detail")
        since = try members.time("since")
        queued = try members.integer("queued")
        sensors = try SensorsResource(members)
    }

    /// The printers of an answer to `GET /v1/printers`.
    public static func list(json: JSONValue) throws(WireFault) -> [PrinterResource] {
        try WireReader(json).array("printers").map { json throws(WireFault) in try PrinterResource(json: json) }
    }
}
