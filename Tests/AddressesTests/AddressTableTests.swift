import Testing

@testable import Addresses

@Suite struct AddressTableTests {
    private static let table = AddressTable.shared

    @Test("the table has as many places as its source, in each changwat, and the sums over all of them agree")
    func sums() throws {
        let all = Self.table.tambons.compactMap { Self.table.tambon($0) }
        #expect(Self.table.changwats.map { String($0.id) } == Golden.counts.keys.sorted())
        for (changwat, counts) in Golden.counts {
            #expect(Self.table.amphoes.filter { String($0.id).hasPrefix(changwat) }.count == counts.amphoes)
            #expect(all.filter { $0.changwat.id == changwat }.count == counts.tambons, "\(changwat)")
        }
        #expect(all.count == Self.table.tambons.count)
        #expect(all.compactMap { Int($0.id) }.reduce(0, +) == Golden.sumOfIDs)
        #expect(all.flatMap(\.postCodes).count == Golden.postCodes)
        #expect(all.flatMap(\.postCodes).compactMap { Int($0) }.reduce(0, +) == Golden.sumOfPostCodes)
        #expect(Self.length(all.map(\.name.thai)) == Golden.thaiLength.tambons)
        #expect(Self.length(all.map(\.name.english)) == Golden.englishLength.tambons)
        let amphoes = Self.table.amphoes.compactMap { AddressBook.amphoe(id: String($0.id)) }
        #expect(Self.length(amphoes.map(\.name.thai)) == Golden.thaiLength.amphoes)
        #expect(Self.length(amphoes.map(\.name.english)) == Golden.englishLength.amphoes)
    }

    private static func length(_ names: [String]) -> Int { names.map(\.unicodeScalars.count).reduce(0, +) }

    @Test("a tambon has the names and post codes of its source", arguments: Golden.tambons)
    func golden(id: String, thai: String, english: String, postCodes: String) throws {
        let tambon = try #require(AddressBook.tambon(id: id))
        #expect(tambon.id == id)
        #expect([tambon.name, tambon.amphoe.name, tambon.changwat.name].map(\.thai).joined(separator: "/") == thai)
        #expect(
            [tambon.name, tambon.amphoe.name, tambon.changwat.name].map(\.english).joined(separator: "/") == english)
        #expect(tambon.postCodes.joined(separator: " ") == postCodes)
    }

    @Test("each tambon lies in the amphoe and the changwat that its id begins with, and has post codes in their order")
    func consistent() {
        for row in Self.table.tambons {
            guard let tambon = Self.table.tambon(row) else {
                Issue.record("\(row.id) has no amphoe or no changwat")
                continue
            }
            #expect(tambon.id.hasPrefix(tambon.amphoe.id) && tambon.amphoe.id.hasPrefix(tambon.changwat.id))
            #expect(AddressBook.tambon(id: tambon.id) == tambon)
            #expect(AddressBook.amphoe(id: tambon.amphoe.id) == tambon.amphoe)
            #expect(AddressBook.changwat(id: tambon.changwat.id) == tambon.changwat)
            #expect(!tambon.postCodes.isEmpty && tambon.postCodes == Set(tambon.postCodes).sorted(), "\(tambon.id)")
            #expect(tambon.postCodes.allSatisfy { $0.utf8.count == 5 })
            #expect(!tambon.name.thai.isEmpty && !tambon.name.english.isEmpty)
        }
        for rows in [Self.table.changwats, Self.table.amphoes, Self.table.tambons] {
            #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.id < $1.id }, "halving needs them in their order")
        }
    }

    @Test("a post code's tambons are those that have it, and every tambon is among its own")
    func postCodes() {
        var byCode: [String: [String]] = [:]
        for tambon in Self.table.tambons.compactMap({ Self.table.tambon($0) }) {
            for code in tambon.postCodes { byCode[code, default: []].append(tambon.id) }
        }
        #expect(byCode.count == 976)
        for (code, ids) in byCode { #expect(AddressBook.tambons(postCode: code).map(\.id) == ids, "\(code)") }
    }

    @Test("a line that is no row is passed over, and takes no other with it")
    func malformed() {
        let table = AddressTable(
            """

            20 ชลบุรี,Chon Buri
            2009 สัตหีบ,Sattahip
            x200901 สัตหีบ,Sattahip,20180
            200902
            200903 นาจอมเทียน
            200904 ,Phlu Ta Luang,20180
            2009051 แสมสาร,Samaesan,20180
            200905 แสมสาร,Samaesan,20180 20181
            210101 ท่าประดู่,Tha Pradu,21000
            """)
        #expect(table.changwats.map(\.id) == [20])
        #expect(table.amphoes.map(\.id) == [2_009])
        #expect(table.tambons.map(\.id) == [200_905, 210_101])
        #expect(table.tambon(id: "200905")?.postCodes == ["20180", "20181"])
        #expect(table.tambon(id: "210101") == nil, "its amphoe is not there")
        #expect(AddressTable("").tambons.isEmpty)
    }

    @Test("whoever asks first, any number at once get the same table")
    func concurrently() async {
        let found = await withTaskGroup(of: [Tambon].self) { group in
            for _ in 0..<16 { group.addTask { AddressBook.tambons(postCode: "10110") } }
            return await group.reduce(into: Set<[Tambon]>()) { $0.insert($1) }
        }
        #expect(found.count == 1)
        #expect(found.first?.count == 6)
    }
}
