//! Unions within unions, and an instance along them.

use serde_json::{Value, json};

/// Schemas that lead to themselves and an instance as deep, from the bytes of a fuzzer.
pub struct Recursive<'b>(&'b [u8]);

impl<'b> Recursive<'b> {
    /// What these bytes make.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> usize {
        let (first, rest) = self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        usize::from(first)
    }

    /// Three schemas, of which each may lead to any.
    pub fn schemas(&mut self) -> Value {
        json!({ "R0": self.schema(3), "R1": self.schema(3), "R2": self.schema(2) })
    }

    fn schema(&mut self, deep: usize) -> Value {
        let choice = self.byte();
        let named = json!({ "$ref": format!("#/components/schemas/R{}", self.byte() % 3) });
        // A name leads on within the value only: at one place it would lead nowhere.
        let within = |schema: Value| json!({ "properties": { "a": schema }, "type": "object" });
        if deep == 0 {
            return [within(named), json!({ "type": "integer" }), json!(false), json!({ "required": ["b"] })]
                [choice % 4]
                .clone();
        }
        let first = self.schema(deep - 1);
        let second = if choice & 64 == 0 { within(named.clone()) } else { self.schema(deep - 1) };
        match choice % 16 {
            0 | 1 => json!({ "anyOf": [first, second, { "type": "integer" }] }),
            2 => json!({ "oneOf": [first, second, { "type": "integer" }] }),
            3 => json!({ "allOf": [first, second] }),
            4 => json!({ "not": first }),
            5 => json!({ "if": first, "then": second, "else": within(named) }),
            6 => json!({ "anyOf": [first, second], "unevaluatedProperties": named }),
            7 => json!({ "anyOf": [first, second], "unevaluatedItems": named }),
            8 => json!({ "dependentSchemas": { "a": first, "b": second } }),
            9 => json!({ "contains": named, "items": first }),
            10 => {
                json!({ "propertyNames": { "pattern": "^[a-c]$" }, "patternProperties": { "a": named, "^.$": first } })
            }
            11 => {
                json!({ "type": "object", "required": ["a"], "properties": { "a": named, "b": first }, "additionalProperties": false })
            }
            12 => {
                json!({ "type": "object", "required": ["a", "b"], "properties": { "a": named }, "additionalProperties": second })
            }
            13 => json!({ "prefixItems": [named, first], "items": second, "uniqueItems": true }),
            14 => json!({ "anyOf": [within(named), first, second], "minProperties": 1 }),
            _ => json!({ "oneOf": [within(named), second], "unevaluatedProperties": false }),
        }
    }

    /// A value of up to a hundred levels.
    pub fn instance(&mut self) -> Value {
        let innermost = [json!(1), json!("x"), json!({}), json!([]), json!({ "b": 1, "c": "" })];
        let innermost = innermost[self.byte() % innermost.len()].clone();
        let levels = self.byte() % 110;
        let mut value = innermost;
        for _ in 0..levels {
            value = match self.byte() % 8 {
                0 => json!([value]),
                1 => json!({ "a": value, "b": 1 }),
                2 => json!({ "a": value, "c": "" }),
                3 => json!({ "b": value }),
                4 => json!([1, value]),
                _ => json!({ "a": value }),
            };
        }
        value
    }
}
