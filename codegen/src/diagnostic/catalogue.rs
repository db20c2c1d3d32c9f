//! The catalogue of diagnostic codes.
//!
//! `DANGLING_REF` is printed as `error[dangling-ref]`. Names are stable: scripts may rely on them.

use crate::diagnostic::finding::{Code, Severity};

macro_rules! catalogue {
    ($($(#[$doc:meta])* $constant:ident = $severity:ident $name:literal, $summary:literal, $hint:literal;)*) => {
        $(
            #[doc = $summary]
            pub const $constant: Code =
                Code { name: $name, severity: Severity::$severity, summary: $summary, hint: $hint };
        )*
        /// All codes, in the order of this file.
        pub const CATALOGUE: &[&Code] = &[$(&$constant),*];
    };
}

catalogue! {
    // Reading files.
    FILE_MISSING = Error "file-missing", "The file does not exist.", "check the path";
    FILE_IS_DIRECTORY = Error "file-is-directory", "A directory was given where a file is needed.", "name the document itself, for example `openapi/api.yaml`";
    FILE_UNREADABLE = Error "file-unreadable", "The file exists and cannot be read.", "";
    TOO_LARGE = Error "too-large", "A file, a document with all its files, or the code that it makes, is larger than any real one.", "";
    INVALID_UTF8 = Warning "invalid-utf8", "The file is not UTF-8; invalid bytes are read as U+FFFD.", "save the file as UTF-8";
    EMPTY_DOCUMENT = Error "empty-document", "The file has no content.", "";
    // Syntax.
    JSON_SYNTAX = Error "json-syntax", "The file is not JSON (RFC 8259).", "";
    SLOPPY_SYNTAX = Warning "sloppy-syntax", "The file is not quite JSON, and its meaning is clear.", "";
    YAML_SYNTAX = Error "yaml-syntax", "The file is not YAML 1.2.", "";
    DUPLICATE_KEY = Warning "duplicate-key", "An object has the same key twice; the last one counts.", "remove one of the two";
    TOO_DEEP = Error "too-deep", "The document is nested deeper than any real one.", "";
    ALIAS_BOMB = Error "alias-bomb", "The aliases of the YAML document expand to an unreasonable size.", "write out what is meant, or use `$ref`";
    INVALID_ALIAS = Warning "invalid-alias", "A YAML alias or merge key that cannot be followed; it is ignored.", "";
    MULTIPLE_DOCUMENTS = Warning "multiple-documents", "The YAML file holds more than one document; the first one is read.", "keep one document per file";
    // The frame of the document.
    MISSING_VERSION = Error "missing-version", "The document does not say that it is OpenAPI.", "begin the document with `openapi: 3.0.3`";
    UNKNOWN_VERSION = Error "unknown-version", "The `openapi` version does not exist.", "supported are 2.0, 3.0.x, 3.1.x and 3.2.x";
    UNSUPPORTED_VERSION = Error "unsupported-version", "The version exists and is not supported.", "supported are 2.0, 3.0.x, 3.1.x and 3.2.x";
    MISSING_FIELD = Warning "missing-field", "A required field is missing; what lacks it is left out.", "";
    ASSUMED_FIELD = Warning "assumed-field", "A required field is missing; its meaning was assumed.", "";
    WRONG_TYPE = Warning "wrong-type", "A field holds a value of the wrong type; it is ignored.", "";
    SLOPPY_TYPE = Warning "sloppy-type", "A field holds a value of the wrong type whose meaning is clear.", "";
    UNKNOWN_VALUE = Warning "unknown-value", "A field holds a value that is none of the allowed ones; it is ignored.", "";
    UNKNOWN_FIELD = Warning "unknown-field", "A field that OpenAPI does not define here; it is ignored.", "correct the name, or prefix it with `x-`";
    EXCLUSIVE_FIELDS = Warning "exclusive-fields", "Fields that exclude each other stand side by side.", "keep one of the two";
    NOT_CARRIED = Note "not-carried", "Something that is valid and that the generator does not use.", "";
    TYPED_PARSE = Error "typed-parse", "The document does not fit the OpenAPI object model.", "";
    // Paths, operations and parameters.
    INVALID_PATH = Warning "invalid-path", "A path that does not begin with a slash; it is skipped.", "begin the path with `/`";
    DUPLICATE_OPERATION_ID = Warning "duplicate-operation-id", "Two operations have the same `operationId`.", "give each operation an `operationId` of its own";
    DUPLICATE_PARAMETER = Warning "duplicate-parameter", "A list has two parameters of the same name and place; the last one counts.", "remove one of the two";
    PATH_PARAMETER_NOT_IN_PATH = Warning "path-parameter-not-in-path", "A path parameter that the path does not mention.", "";
    MISSING_PATH_PARAMETER = Warning "missing-path-parameter", "The path mentions a parameter that is not declared.", "";
    UNKNOWN_PARAMETER_IN = Warning "unknown-parameter-in", "A parameter's `in` is none of the known places; the parameter is skipped.", "use one of `path`, `query`, `header`, `cookie`";
    UNDEFINED_SECURITY_SCHEME = Warning "undefined-security-scheme", "An operation asks for a security scheme that the document does not define; it is not sent without.", "define the scheme in `components.securitySchemes`, or correct the name";
    INVALID_HEADER_NAME = Warning "invalid-header-name", "A header's name is one that HTTP cannot carry.", "use letters, digits and `-`";
    INVALID_MEDIA_TYPE = Warning "invalid-media-type", "A media type is one that no header can carry.", "write it in ASCII, as `type/subtype`";
    ENCODED_PATH = Warning "encoded-path", "A path has characters that a URI cannot hold; they are sent percent-encoded.", "write the path as it is sent";
    // References.
    DANGLING_REF = Warning "dangling-ref", "A `$ref` that points at nothing; anything is allowed in its place.", "define the target, or correct the pointer";
    EXTERNAL_REF = Warning "external-ref", "A `$ref` into another document that cannot be read; anything is allowed in its place.", "";
    REF_SIBLING = Warning "ref-sibling", "Something stands beside a `$ref`, where it says nothing.", "put the `$ref` into an `allOf`, or write what it points at in its place";
    REF_CYCLE = Warning "ref-cycle", "References that lead to each other with nothing between; they allow anything.", "let one of them define something";
    COMPOSITION_SIZE = Warning "composition-size", "A schema that is composed of too many others; it is not enforced.", "say each part once";
    COMPOSITION_CYCLE = Warning "composition-cycle", "A schema that is composed of itself, with no property or element between; that part is left out.", "let one of them define something else";
    RECURSIVE_BRANCH = Warning "recursive-branch", "A union is one of its own branches.", "";
    INLINE_LIMIT = Warning "inline-limit", "Too many references within each other; what lies beyond is left out.", "name the parts in `components`";
    // Schemas.
    KEYWORD_TYPE = Warning "keyword-type", "A schema keyword holds a value that it cannot have; the keyword is ignored.", "";
    KEYWORD_OF_OTHER_VERSION = Warning "keyword-of-other-version", "A keyword is written as another OpenAPI version writes it.", "";
    UNKNOWN_KEYWORD = Warning "unknown-keyword", "A key of a schema that is no keyword; it is ignored.", "correct the name, or prefix it with `x-`";
    KEYWORD_WITHOUT_EFFECT = Warning "keyword-without-effect", "A keyword that says nothing about values of the schema's type.", "remove it, or correct the type";
    UNKNOWN_TYPE = Warning "unknown-type", "A schema's `type` is none of the known ones; any type is allowed.", "use one of `string`, `number`, `integer`, `boolean`, `array`, `object`";
    INVALID_PATTERN = Warning "invalid-pattern", "A pattern is a regular expression in no dialect that is known here, and is not enforced.", "correct the pattern, with an overlay where the document is not yours";
    PATTERN_SIZE = Warning "pattern-size", "A pattern is too large to be matched, and is not enforced.", "list texts with `enum`, and write a long count as `maxLength`";
    PATTERN_DIALECT = Warning "pattern-dialect", "A pattern is of another dialect of regular expressions, and is read as it is meant there.", "write it in ECMA-262, which has no `(?i)`, `\\A`, `\\Z` and `[[:alpha:]]`";
    PATTERN_WITHOUT_UNICODE = Warning "pattern-without-unicode", "A pattern is valid only without the `u` flag.", "remove needless backslashes and escape literal brackets and braces";
    PATTERN_BUDGET = Warning "pattern-budget", "A pattern is not matched in time proportional to the text, and has a budget of steps.", "write the pattern without a reference to a group (`\\1`), and a long count as `maxLength`";
    REQUIRED_UNDECLARED = Warning "required-undeclared", "`required` names a property that is not declared.", "declare the property, or remove the name from `required`";
    // Overlays.
    INVALID_OVERLAY = Error "invalid-overlay", "The overlay does not follow the Overlay Specification 1.0 or 1.1.", "";
    OVERLAY_TARGET = Error "overlay-target", "An overlay's target is no JSONPath of RFC 9535.", "";
    OVERLAY_UNMATCHED = Error "overlay-unmatched", "An overlay's target matches nothing in the document.", "remove the action, correct its target, or set `x-optional: true`";
    OVERLAY_UPDATE = Error "overlay-update", "An overlay's update cannot be merged into its target.", "";
    // Lowering.
    KEYWORD_NOT_ENFORCED = Warning "keyword-not-enforced", "A keyword asserts something that the emitted rules do not check.", "";
    CONTRADICTION = Warning "contradiction", "The parts of an `allOf` cannot hold together.", "no instance satisfies such a schema";
    DEFAULT_MISMATCH = Warning "default-mismatch", "A `default` that its own schema does not allow.", "correct the value, or the type";
    EXAMPLE_MISMATCH = Warning "example-mismatch", "An `example` that its own schema does not allow; reported by `lint`.", "correct the value, or the schema";
    NULLABLE = Note "nullable", "A `nullable: true` (3.0) where the letter of OpenAPI leaves it without effect.", "the choice `nullable` decides: `meant` or `strict`";
    EMPTY_KEYWORD = Warning "empty-keyword", "An `enum`, a `type` or a composition with nothing in it.", "remove it, or say what is allowed";
    ENUM_MISMATCH = Warning "enum-mismatch", "An `enum` lists a value that its own schema does not allow.", "correct the value, or the type";
    INEXACT_NUMBER = Warning "inexact-number", "An `enum` or `const` has a number that neither 64 bits nor a float hold.", "list it as a string, or with fewer digits";
    DISCRIMINATOR_TARGET = Warning "discriminator-target", "A discriminator maps to something that is no schema.", "map to a name in `components.schemas`, or to a reference";
    WIDENED = Warning "widened", "A schema has no faithful Rust type.", "its rules are checked all the same";
    AMBIGUOUS_UNION = Note "ambiguous-union", "Nothing tells the branches of a union apart.", "a `discriminator`, or a property that each branch alone requires, would";
    OPERATION_SKIPPED = Warning "operation-skipped", "An operation is not emitted.", "";
    PARAMETER_SKIPPED = Warning "parameter-skipped", "A parameter is not emitted.", "";
    MADE_OPERATION_ID = Note "made-operation-id", "An operation has no `operationId`, and was given one.", "an overlay can name it";
    RAW_BODY = Note "raw-body", "A body is carried as raw bytes, or as text: its schema does not judge it.", "JSON beside it would be typed and checked";
    // The command.
    CONFIG = Error "config", "The configuration cannot be used.", "";
    USAGE = Error "usage", "The command was called with something that it cannot use.", "";
    INTERNAL = Error "internal", "The generator made code that is no Rust: its own fault, and nothing is written.", "please report it, with the document; the choice `exclude` leaves the operation out";
    OUTPUT = Error "output", "The output cannot be written.", "nothing was changed; check the folder's permissions and the disk";
}
