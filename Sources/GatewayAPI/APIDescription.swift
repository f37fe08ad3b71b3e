/// The API in the OpenAPI form, as `/v1/openapi.json` serves it.
public enum APIDescription {
    public static var bytes: [UInt8] { PackageResources.openapi_json }
}
