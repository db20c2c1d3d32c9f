//! What is demanded of a value: for each type that `serde_json::Value` tells apart, and whatever its type.

use crate::api::TypeSet;

use crate::emit::verdicts::code::{Code, Name, Pattern, Subject};
use crate::emit::verdicts::members::{self, ByName};

/// A type that `serde_json::Value` tells apart.
pub struct Kind {
    /// Its name in the standard.
    pub types: TypeSet,
    /// The variant.
    variant: &'static str,
    /// What the variant's content is called, where it has one.
    pub content: Option<Name>,
    /// What asks for the type.
    is: &'static str,
}

/// All of them.
pub const KINDS: [Kind; 6] = [
    Kind { types: TypeSet::NULL, variant: "Value::Null", content: None, is: "value.is_null()" },
    Kind { types: TypeSet::BOOLEAN, variant: "Value::Bool", content: Some(Name::Flag), is: "value.is_boolean()" },
    Kind { types: TypeSet::NUMBER, variant: "Value::Number", content: Some(Name::Number), is: "value.is_number()" },
    Kind { types: TypeSet::STRING, variant: "Value::String", content: Some(Name::Text), is: "value.is_string()" },
    Kind { types: TypeSet::ARRAY, variant: "Value::Array", content: Some(Name::Elements), is: "value.is_array()" },
    Kind { types: TypeSet::OBJECT, variant: "Value::Object", content: Some(Name::Members), is: "value.is_object()" },
];

impl Kind {
    /// The pattern of the variant, with its content where a condition needs that.
    fn pattern(&self, code: &Code) -> Pattern {
        match self.content {
            None => Pattern::plain(self.variant),
            Some(content) if code.mentions(content) => {
                Pattern { text: format!("{}({})", self.variant, content.text()), binds: Some(content) }
            }
            Some(_) => Pattern::plain(format!("{}(_)", self.variant)),
        }
    }
}

/// What is demanded of a value: by its type, and whatever its type.
pub struct Demand {
    /// For each of the types.
    by_type: [Code; 6],
    /// Of the members of an object, besides.
    members: Vec<ByName>,
    /// All of these, whatever the type.
    whole: Vec<Code>,
}

impl Demand {
    /// A condition for each type, and what is demanded of members by name.
    pub fn by_type(by_type: [Code; 6], members: Vec<ByName>) -> Self {
        Self { by_type, members, whole: vec![] }
    }

    /// A condition whatever the type.
    pub fn whole(code: Code) -> Self {
        let whole = if code == Code::Always { vec![] } else { vec![code] };
        Self { by_type: [const { Code::Always }; 6], members: vec![], whole }
    }

    /// Both.
    pub fn and(mut self, other: Self) -> Self {
        let mut others = other.by_type.into_iter();
        let by_type = self.by_type.map(|code| Code::all([code].into_iter().chain(others.next())));
        self.members.extend(other.members);
        self.whole.extend(other.whole);
        Self { by_type, members: self.members, whole: self.whole }
    }

    /// The conditions of each type, and those whatever the type.
    pub fn settled(self) -> ([Code; 6], Vec<Code>) {
        let Self { by_type: [null, boolean, number, text, array, object], members, whole } = self;
        let object = Code::all([object, members::together(members)]);
        ([null, boolean, number, text, array, object], whole)
    }

    /// The same of values of some types, and no value of others.
    pub fn of_types(self, types: TypeSet) -> Self {
        let (by_type, whole) = self.settled();
        let whole = Code::all(whole);
        let mut kinds = KINDS.iter();
        let of_type = |code: Code| match kinds.next() {
            Some(kind) if types.intersects(kind.types) => Code::all([code, whole.clone()]),
            _ => Code::Never,
        };
        Self::by_type(by_type.map(of_type), vec![])
    }

    /// The opposite.
    pub fn not(self) -> Self {
        match self.settled() {
            (by_type, whole) if whole.is_empty() => Self::by_type(by_type.map(Code::not), vec![]),
            (by_type, whole) => Self::whole(either_way(&by_type, whole).not()),
        }
    }

    /// What `combine` makes of several.
    pub fn combined(demands: impl IntoIterator<Item = Self>, combine: fn(Vec<Code>) -> Code) -> Self {
        let demands: Vec<([Code; 6], Vec<Code>)> = demands.into_iter().map(Self::settled).collect();
        if demands.iter().all(|(_, whole)| whole.is_empty()) {
            let of_kind =
                |kind| combine(demands.iter().filter_map(|(by_type, _)| by_type.get(kind).cloned()).collect());
            Self::by_type(std::array::from_fn(of_kind), vec![])
        } else {
            Self::whole(combine(demands.into_iter().map(|(by_type, whole)| either_way(&by_type, whole)).collect()))
        }
    }

    /// As one condition.
    pub fn code(self) -> Code {
        let (by_type, whole) = self.settled();
        either_way(&by_type, whole)
    }
}

fn either_way(by_type: &[Code; 6], whole: Vec<Code>) -> Code {
    Code::all([together(by_type)].into_iter().chain(whole))
}

/// What is demanded of the values of each type, as one condition.
fn together(by_type: &[Code; 6]) -> Code {
    let kinds_of = |code: &Code| -> Vec<&Kind> {
        KINDS.iter().zip(by_type).filter(|(_, other)| *other == code).map(|(kind, _)| kind).collect()
    };
    let bare = |kinds: &[&Kind]| kinds.iter().map(|kind| kind.pattern(&Code::Always)).collect::<Vec<_>>();
    let (always, never) = (kinds_of(&Code::Always), kinds_of(&Code::Never));
    let mut arms: Vec<(Vec<Pattern>, Code)> = Vec::new();
    for (kind, code) in KINDS.iter().zip(by_type).filter(|(_, code)| !matches!(code, Code::Always | Code::Never)) {
        match arms
            .iter_mut()
            .find(|(_, other)| other == code && !kind.content.is_some_and(|content| code.mentions(content)))
        {
            Some((patterns, _)) => patterns.push(kind.pattern(code)),
            None => arms.push((vec![kind.pattern(code)], code.clone())),
        }
    }
    let others = || vec![Pattern::plain("_")];
    match (always.as_slice(), never.as_slice(), arms.as_slice()) {
        (_, [], []) => return Code::Always,
        ([], _, []) => return Code::Never,
        ([kind], _, []) => return Code::leaf(kind.is, &[Name::Value]),
        (_, [kind], []) => return Code::leaf(kind.is, &[Name::Value]).not(),
        ([], [], [(patterns, code)]) if patterns.len() == KINDS.len() => return code.clone(),
        ([], [], _) => {}
        ([], _, _) => arms.push((others(), Code::Never)),
        (_, [], _) => arms.push((others(), Code::Always)),
        (always, never, [_, ..]) if never.len() < always.len() => {
            arms.insert(0, (bare(never), Code::Never));
            arms.push((others(), Code::Always));
        }
        (always, _, _) => {
            arms.insert(0, (bare(always), Code::Always));
            arms.push((others(), Code::Never));
        }
    }
    Code::Match { on: Subject::Value, arms }
}
