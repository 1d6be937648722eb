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
        form::{ContainerForm, EnvRow, PortRow, ServiceForm, ServicePortRow, TemplateForm},
        governing::{Governing, carries, governing, slip},
        lint::{
            names,
            near::nearest,
            rule::Degree::{Hint, Refused, Trap},
            rule::Safety::{Safe, Unsafe},
            rule::{Check, Fix, Found, Lint, Rule, fix, rewritten},
            scene::{OfSet, Scene, Visit},
        },
        lists::{is_list, objects},
        path::{Path, Place, Segment},
        pieces::drops,
        problem::line_of,
        resolve::{Resolved, is_not_text, resolve, whole_number},
        scalar::Style,
        shapes::{Many, Type, Value},
        tree::{Entry, Kind, Node, each, key_name},
    },
    model::{
        offers::{Autoscaler, ClaimOffer, Counted, SetOffer},
        quantity::Quantity,
    },
    texts,
};
