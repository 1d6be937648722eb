//! Every field of the kinds that `app::manifest::shapes` has, asked of `k8s-openapi`'s own readers: the table there
//! must say the same.
#![cfg(test)]
use serde::{
    Deserialize,
    de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor, value::StrDeserializer},
};
use std::{cell::RefCell, collections::BTreeMap, fmt::Write as _, rc::Rc};

/// Objects with their fields and the types of these.
type Table = Rc<RefCell<BTreeMap<String, BTreeMap<String, String>>>>;
/// Nothing is ever wrong here; serde wants an error all the same.
type Error = de::value::Error;

/// A reader that has no text: it notes what is asked of it, and answers with one of each.
struct Spy {
    table: Table,
    /// What was asked for, as the table of `app` writes it.
    asked: Rc<RefCell<String>>,
    /// The text that it gives.
    says: &'static str,
}

impl Spy {
    fn note(&self, asked: &str) {
        self.asked.borrow_mut().push_str(asked);
    }
}

/// What is written in one line of the table only as `?`: no form has it, and no manifest should.
const CLOSED: [&str; 2] = ["ManagedFieldsEntry", "EphemeralContainer"];
/// A text that is right for every string.
const TIME: &str = "2026-01-01T00:00:00Z";
/// What only the cluster writes.
const STATUS: &str = "status";

macro_rules! scalars {
    ($($method:ident $visit:ident $value:expr, $word:literal;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.note($word);
            visitor.$visit($value)
        })*
    };
}

impl<'de> Deserializer<'de> for Spy {
    type Error = Error;

    scalars! {
        deserialize_bool visit_bool false, "b";
        deserialize_i32 visit_i32 0, "i";
        deserialize_i64 visit_i64 0, "i";
        // A port by number or name.
        deserialize_any visit_i32 0, "p";
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.says)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (table, asked) = (Rc::clone(&self.table), Rc::clone(&self.asked));
        let value = visitor.visit_seq(One(Some(self)))?;
        drop(table);
        asked.borrow_mut().push('*');
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let asked = Rc::clone(&self.asked);
        let value = visitor.visit_map(One(Some(self)))?;
        asked.borrow_mut().push('%');
        Ok(value)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &str, visitor: V) -> Result<V::Value, Error> {
        let (asked, before) = (Rc::clone(&self.asked), self.asked.borrow().clone());
        let value = visitor.visit_newtype_struct(self)?;
        // A quantity is read as text, and may be written as a number.
        if name == "Quantity" {
            *asked.borrow_mut() = before + "q";
        }
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if CLOSED.contains(&name) {
            self.note("?");
            // Its list is not written either.
            return visitor.visit_map(Fields {
                names: [].iter(),
                of: name,
                spy: self,
            });
        }
        self.note(name);
        let known = self.table.borrow().contains_key(name);
        self.table.borrow_mut().entry(name.to_owned()).or_default();
        let names = if known { [].iter() } else { fields.iter() };
        visitor.visit_map(Fields {
            names,
            of: name,
            spy: self,
        })
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
        ignored_any
    }
}

/// One member of a list or map.
struct One(Option<Spy>);

impl<'de> SeqAccess<'de> for One {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.take().map(|spy| seed.deserialize(spy)).transpose()
    }
}

impl<'de> MapAccess<'de> for One {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let key = |_: &Spy| seed.deserialize(StrDeserializer::new("key"));
        self.0.as_ref().map(key).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let spy = self.0.take().ok_or_else(|| de::Error::custom("no value"))?;
        seed.deserialize(spy)
    }
}

/// The fields of an object, one after the other.
struct Fields {
    names: std::slice::Iter<'static, &'static str>,
    of: &'static str,
    spy: Spy,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.names.as_slice().first() else {
            return Ok(None);
        };
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let name = self.names.next().copied().unwrap_or_default();
        let asked = Rc::default();
        // An object insists on its own type.
        let says = match (self.of, name) {
            ("StatefulSet", "apiVersion") => "apps/v1",
            (_, "apiVersion") => "v1",
            (of, "kind") => of,
            _ => TIME,
        };
        let table = if name == STATUS {
            Table::default()
        } else {
            Rc::clone(&self.spy.table)
        };
        let spy = Spy {
            table,
            asked: Rc::clone(&asked),
            says,
        };
        let value = seed.deserialize(spy)?;
        if name != STATUS {
            let of = asked.borrow().replace("?*", "?");
            self.spy
                .table
                .borrow_mut()
                .entry(self.of.to_owned())
                .or_default()
                .insert(name.to_owned(), of);
        }
        Ok(value)
    }
}

/// Adds an object of the API with all that is below it.
fn add<T: for<'de> Deserialize<'de>>(table: &Table) {
    let spy = Spy {
        table: Rc::clone(table),
        asked: Rc::default(),
        says: TIME,
    };
    T::deserialize(spy).map(drop).unwrap();
}

#[test]
fn the_table_of_fields_is_that_of_this_version_of_kubernetes() {
    let table = Table::default();
    add::<k8s_openapi::api::apps::v1::StatefulSet>(&table);
    add::<k8s_openapi::api::core::v1::Service>(&table);
    let mut text = String::new();
    for (object, fields) in table.borrow().iter() {
        text.push_str(object);
        for (name, of) in fields {
            let colon = if of.is_empty() { "" } else { ":" };
            let _ = write!(text, " {name}{colon}{of}");
        }
        text.push('\n');
    }
    if std::env::var_os("ORDINAL_WRITE_SHAPES").is_some() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/manifest/shapes.txt");
        std::fs::write(file, &text).unwrap();
    }
    assert_eq!(
        text,
        app::manifest::shapes::TABLE,
        "app/src/manifest/shapes.txt is old: ORDINAL_WRITE_SHAPES=1 cargo test -p server the_table_of_fields"
    );
}
