import JSON
import Sales
import Testing

@testable import Billgate

@Suite struct CustomerRecordTests {
    private func record(_ taxNumber: String = "0105561000003", branch: String = "00001") throws -> CustomerRecord {
        let customer = try Fixture.object(
            """
            {"name":"x","tax_number":"\(taxNumber)","phone_number":"-","emails":["a@b.co"],"address":{"house_number":"1",
            "sub_district":"2","district":"3","province":"4","post_code":"10110"}}
            """)
        let branch = try #require(BranchID(branch))
        return try #require(CustomerRecord(customer, branch: branch))
    }

    @Test("a record says the branch, and has a code of ours")
    func request() throws {
        #expect(
            JSONValue.object(try record().json).text == """
                {"type":"corporate","name":"x","tax_number":"0105561000003","branch_number":"00001","phone_number":"-",\
                "customer_code":"KK-0105561000003-00001","emails":["a@b.co"],"address":{"house_number":"1","sub_district":"2",\
                "district":"3","province":"4","post_code":"10110"}}
                """)
    }

    @Test(
        "a person's number with the branch of a head office is a person's",
        arguments: [
            ("1234567851231", "00000", "individual"), ("1234567851231", "00001", "corporate"),
            ("0105561000003", "00000", "corporate"),
        ])
    func types(taxNumber: String, branch: String, type: String) throws {
        #expect(try record(taxNumber, branch: branch).json["type"] == .string(type))
    }

    @Test("a record is ours by its tax number and branch, whatever else it says")
    func recognised() throws {
        let record = try record()
        var entry = record.json
        entry["id"] = .string("C-1")
        entry["customer_code"] = nil
        entry["emails"] = .string("a@b.co")
        #expect(record.id(of: entry) == "C-1")
        entry["name"] = .string("y")
        #expect(record.id(of: entry) == "C-1")
        entry["branch_number"] = .string("00002")
        #expect(record.id(of: entry) == nil)
    }
}
