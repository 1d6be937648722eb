//! What pages are made of: dumb, props in, callbacks out.
pub mod callout;
pub mod fault;
pub mod form;
pub mod icon;
pub mod menu;
pub mod status;
pub mod strip;
pub mod time;
pub mod yaml_pane;
