//! What most rules use.
pub(super) use super::{MAX_DESCRIPTION, MAX_NAME, shared::*, typed::*};
pub(super) use crate::{
    manifest::{
        documents::{Bundle, Document},
        edit::{Edit, Value as Written},
        expand::{aliases, written_out},
        export::{cleaned, exported},
        field::{Field, Pair, children, field, pairs},
        fields::{Form, Holds, MAX},
        form::{ContainerForm, EnvRow, ServiceForm, ServicePortRow, TemplateForm},
        governing::{Governing, carries, governing, slip},
        lint::{
            Degree::{Hint, Refused, Trap},
            Safety::{Safe, Unsafe},
            names,
            near::nearest,
            rule::{Check, Fix, Lint, Rule, fix, no_fix, rewritten},
            scene::{Found, OfSet, Scene, Visit},
        },
        lists::{is_list, objects},
        path::{Path, Place, Segment},
        scalar::{Resolved, Style, is_not_text, resolve, whole_number},
        shapes::{Many, Type, Value},
        tree::{Entry, Kind, Node, each, key_name},
    },
    model::{
        offers::{Autoscaler, ClaimOffer, Counted, SetOffer},
        quantity::Quantity,
    },
    texts,
};
