//! Modules written anew: with their functions in another order, and with other names.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, ElementSection, ExportSection, FunctionSection, ImportSection, Module};
use wasmparser::{
    CodeSectionReader, Element, ElementItems, Export, FunctionBody, FunctionSectionReader,
    ImportSectionReader, Operator, Parser, Payload, TypeRef,
};

use super::names::Names;

/// The functions of a module as they stand in it.
pub(super) fn bodies(module: &[u8]) -> Result<Vec<&[u8]>> {
    let mut bodies = Vec::new();
    for section in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = section? {
            bodies.push(body.as_bytes());
        }
    }
    Ok(bodies)
}

/// The module with its functions in this order.
pub(super) fn ordered(module: &[u8], order: &[usize]) -> Result<Vec<u8>> {
    let mut places = vec![0; order.len()];
    for (place, function) in (0..).zip(order) {
        places[*function] = place;
    }
    let imported = imported(module)?;
    written(
        module,
        Ordered {
            order,
            places,
            imported,
        },
    )
}

/// The module with these names.
pub(super) fn renamed(module: &[u8], names: &Names) -> Result<Vec<u8>> {
    written(module, Renamed(names))
}

fn written(module: &[u8], mut how: impl Reencode<Error = Infallible>) -> Result<Vec<u8>> {
    let mut written = Module::new();
    how.parse_core_module(&mut written, Parser::new(0), module)?;
    Ok(written.finish())
}

/// How many functions it takes from others: these come before its own.
fn imported(module: &[u8]) -> Result<u32> {
    let mut count = 0;
    for section in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = section? {
            for import in section.into_imports() {
                count += u32::from(matches!(import?.ty, TypeRef::Func(_)));
            }
        }
    }
    Ok(count)
}

type Written = Result<(), Error<Infallible>>;

struct Ordered<'a> {
    order: &'a [usize],
    /// Where each function stands in the new order.
    places: Vec<u32>,
    imported: u32,
}

impl Reencode for Ordered<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imported).map(|own| own as usize);
        let place = own.and_then(|own| self.places.get(own));
        Ok(place.map_or(function, |place| place + self.imported))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Written {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for function in self.order {
            functions.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Written {
        let bodies = section
            .into_iter()
            .collect::<Result<Vec<FunctionBody<'_>>, _>>()?;
        for function in self.order {
            self.parse_function_body(code, bodies[*function].clone())?;
        }
        Ok(())
    }

    /// Places of the table that functions of lazy modules take later are empty from the start, without being told.
    fn parse_element(&mut self, elements: &mut ElementSection, element: Element<'_>) -> Written {
        if is_empty(&element.items)? {
            return Ok(());
        }
        utils::parse_element(self, elements, element)
    }
}

fn is_empty(items: &ElementItems<'_>) -> wasmparser::Result<bool> {
    let ElementItems::Expressions(_, items) = items else {
        return Ok(false);
    };
    for item in items.clone() {
        if !matches!(item?.get_operators_reader().read()?, Operator::RefNull { .. }) {
            return Ok(false);
        }
    }
    Ok(true)
}

struct Renamed<'a>(&'a Names);

impl Reencode for Renamed<'_> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Written {
        for import in section.into_imports() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            imports.import(Names::module(import.module), self.0.get(import.name), ty);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Written {
        let name = self.0.get(export.name);
        utils::parse_export(self, exports, Export { name, ..export })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, Elements, ExportKind, Function, Instruction, RefType, TableSection, TableType, TypeSection,
    };

    /// Three functions that return 0, 1 and what the first returns; the last is given away, the second in the table.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [wasm_encoder::ValType::I32]);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for instruction in [
            Instruction::I32Const(0),
            Instruction::I32Const(1),
            Instruction::Call(0),
        ] {
            functions.function(0);
            let mut function = Function::new([]);
            function.instruction(&instruction).instruction(&Instruction::End);
            code.function(&function);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 2,
            maximum: None,
            shared: false,
        });
        let mut exports = ExportSection::new();
        exports.export("last", ExportKind::Func, 2);
        let mut elements = ElementSection::new();
        let null = [ConstExpr::ref_null(wasm_encoder::HeapType::FUNC)];
        elements.active(
            None,
            &ConstExpr::i32_const(0),
            Elements::Expressions(RefType::FUNCREF, (&null[..]).into()),
        );
        elements.active(
            None,
            &ConstExpr::i32_const(1),
            Elements::Functions((&[1][..]).into()),
        );
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&tables)
            .section(&exports)
            .section(&elements)
            .section(&code);
        module.finish()
    }

    #[test]
    fn functions_are_called_where_they_stand_now() {
        let old = module();
        let new = ordered(&old, &[2, 0, 1]).unwrap();
        let (was, is) = (bodies(&old).unwrap(), bodies(&new).unwrap());
        assert_eq!(is[1..], was[..2]);
        // No locals, call 1, end.
        assert_eq!(is[0], [0, 0x10, 1, 0x0b]);
        let mut told = Vec::new();
        for section in Parser::new(0).parse_all(&new) {
            match section.unwrap() {
                Payload::ExportSection(exports) => told.extend(exports.into_iter().map(|e| e.unwrap().index)),
                Payload::ElementSection(elements) => {
                    assert_eq!(elements.count(), 1);
                    let ElementItems::Functions(items) = elements.into_iter().next().unwrap().unwrap().items
                    else {
                        panic!("the empty places were to go");
                    };
                    told.extend(items.into_iter().map(|i| i.unwrap()));
                }
                _ => {}
            }
        }
        assert_eq!(told, [0, 2]);
    }
}
