import Addresses
import GatewayAPI
import HTTPTypes
import Hummingbird

/// `/v1/addresses`: tambons with their codes and names, for a buyer's address. A table that never changes needs no
/// operation of the gateway's.
struct AddressRoutes: Sendable {
    func add(to router: Router<GatewayRequestContext>) {
        router.get("v1/addresses", use: find)
    }

    @Sendable private func find(_ request: Request, _: GatewayRequestContext) async throws -> Response {
        let query = try AddressQuery(request.uri.queryParameters)
        // A search takes milliseconds: not on the loop that serves other tills.
        return await withTaskExecutorPreference(globalConcurrentExecutor) { Response.json(AddressList(query).json) }
    }
}

extension AddressList {
    fileprivate init(_ query: AddressQuery) {
        let found: (matches: [Tambon], more: Bool)
        switch query.subject {
        case .postCode(let code):
            let tambons = AddressBook.tambons(postCode: code)
            found = (Array(tambons.prefix(query.limit)), tambons.count > query.limit)
        case .text(let text): found = AddressBook.search(text, limit: query.limit)
        }
        self.init(found.matches.map { TambonResource($0) }, more: found.more)
    }
}

extension TambonResource {
    fileprivate init(_ tambon: Tambon) {
        self.init()
        tambonID = tambon.id
        amphoeID = tambon.amphoe.id
        changwatID = tambon.changwat.id
        postCodes = tambon.postCodes
        self.tambon = PlaceNameResource(tambon.name)
        amphoe = PlaceNameResource(tambon.amphoe.name)
        changwat = PlaceNameResource(tambon.changwat.name)
        text = PlaceNameResource(tambon.line)
    }
}

extension PlaceNameResource {
    fileprivate init(_ name: PlaceName) {
        self.init(thai: name.thai, english: name.english)
    }
}
