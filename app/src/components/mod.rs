//! What pages are made of: dumb, props in, callbacks out.
pub mod callout;
pub mod deletion;
pub mod dialog;
pub mod editor;
pub mod fault;
pub mod form;
pub mod icon;
pub mod menu;
pub mod names;
pub mod pages;
pub mod problem;
pub mod status;
pub mod strip;
pub mod take_away;
pub mod time;
pub mod writers;
pub mod yaml_pane;
