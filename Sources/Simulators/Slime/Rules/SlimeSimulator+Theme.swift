extension SlimeSimulator {
    /// A theme of documents, and what it supports.
    public struct Theme: Sendable, Equatable {
        public var id: String
        public var documentTypes: Set<DocumentType>
        public var languages: Set<String>
        /// Whether `color` is required.
        public var needsColor: Bool
        /// Whether a receipt's color has to keep the pattern. The page's own example of a receipt breaks it
        /// (`#cd0czb`) and is answered with success, so a receipt may have any text.
        public var keepsColorPatternOnReceipts = false

        public init(
            id: String, documentTypes: Set<DocumentType> = Set(DocumentType.allCases), languages: Set<String>,
            needsColor: Bool = false
        ) {
            self.id = id
            self.documentTypes = documentTypes
            self.languages = languages
            self.needsColor = needsColor
        }

        /// The one theme that the API page describes.
        public static let retailHatsu = Theme(id: "retail-hatsu", languages: ["eng", "tha"], needsColor: true)
    }
}
