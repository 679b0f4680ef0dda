//! The units of a project (its wards): their list, and what addresses of the project begin with.
//!
//! In: the master list as it was read. Out: [`Units`] and the [`Locality`], which the rules ask.

use crate::model::locality::Locality;
use crate::model::schema::SchemaKind;
use crate::model::unit::Unit;
use crate::project::Project;
use crate::read::Manuscript;

/// The master list.
#[derive(Debug)]
pub struct MasterList {
    /// The names of its records, in their order.
    pub names: Vec<String>,
    /// Its file, as the manifest names it.
    pub file: String,
}

/// The names of the master list in its order; none if the project has no master list.
#[must_use]
pub fn known(project: &Project, manuscript: &Manuscript) -> Option<MasterList> {
    let plan = project.wards()?;
    let wards = manuscript.directories.get(&plan.name)?;
    let name = wards.naming()?;
    let names: Vec<String> =
        wards.order().into_iter().map(|at| wards.records[at].written(name).trim().to_owned()).collect();
    let file =
        wards.tables.first().map_or_else(|| plan.source.value.clone(), |table| table.source.path.clone());
    (!names.is_empty()).then_some(MasterList { names, file })
}

/// What addresses of the project's city begin with: units of the master list, towns of the directories of towns.
#[must_use]
pub fn locality(project: &Project, manuscript: &Manuscript, units: Option<&[String]>) -> Locality {
    let plans = project.directories.iter().filter(|plan| plan.schema.kind == SchemaKind::Town);
    let directories = plans.filter_map(|plan| manuscript.directories.get(&plan.name));
    let towns = directories.flat_map(|towns| {
        let name = towns.naming();
        let names =
            towns.records.iter().filter_map(move |record| name.map(|name| record.written(name).trim()));
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    Locality::of(&project.municipality).with_units(units.unwrap_or_default().to_vec()).with_towns(towns)
}

/// The units of a project.
pub struct Units {
    /// What they are called.
    pub unit: Unit,
    /// Their list, if the project has one.
    pub master: Option<MasterList>,
}
