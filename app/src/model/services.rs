//! The Services that lead to the pods of a set, and where each is reached.
use serde::{Deserialize, Serialize};

/// A port of a Service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePort {
    /// Empty for one without a name.
    pub name: String,
    pub port: i32,
    /// A number, or the name of a container's port.
    pub target: String,
    pub protocol: String,
    /// The port of every node; 0 for none.
    pub node_port: i32,
}

/// A Service, as far as the page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFacts {
    pub namespace: String,
    pub name: String,
    /// `clusterIP: None`.
    pub headless: bool,
    pub cluster_ip: String,
    pub kind: String,
    pub ports: Vec<ServicePort>,
    /// Addresses and names that its load balancer got.
    pub balancers: Vec<String>,
    pub selector: Vec<(String, String)>,
    pub session_affinity: String,
    /// Its selector is part of the pod labels: it finds the pods of the set.
    pub selects: bool,
}

impl ServiceFacts {
    /// Whether its selector finds pods with these labels; one without a selector finds none.
    pub fn finds<'a>(&self, label: impl Fn(&str) -> Option<&'a str>) -> bool {
        let has = |(key, value): &(String, String)| label(key) == Some(value.as_str());
        !self.selector.is_empty() && self.selector.iter().all(has)
    }

    fn is_balanced(&self) -> bool {
        self.kind == "LoadBalancer"
    }
}

/// A Service that leads to pods of the set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetService {
    pub facts: ServiceFacts,
    /// The pods behind it, of this set or of others, and how many of them get traffic; none where EndpointSlices may
    /// not be read.
    pub endpoints: Option<(i64, i64)>,
    /// The address of a node that is ready, where the Service has a port of every node and nodes may be read.
    pub node: Option<String>,
}

/// Where a Service is reached (CCE-147).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In the cluster, by name.
    Name(String),
    /// At any node: the address of one, with the port.
    Node(String),
    /// At any node, of which none may be read.
    AnyNode(i32),
    /// At its load balancer.
    Balancer(String),
    /// Its load balancer has no address yet.
    Pending,
}

/// An address with a port; one of IPv6 in brackets.
fn at(address: &str, port: i32) -> String {
    if address.contains(':') {
        format!("[{address}]:{port}")
    } else {
        format!("{address}:{port}")
    }
}

impl SetService {
    /// Every way to it, from the inside to the outside. An ExternalName leads elsewhere.
    pub fn reached(&self) -> Vec<Reach> {
        let facts = &self.facts;
        if facts.kind == "ExternalName" {
            return Vec::new();
        }
        let name = format!("{}.{}.svc", facts.name, facts.namespace);
        let named = facts.ports.iter().map(|p| Reach::Name(at(&name, p.port)));
        let on_nodes = facts.ports.iter().filter(|p| p.node_port != 0);
        let on_nodes = on_nodes.map(|p| match &self.node {
            Some(node) => Reach::Node(at(node, p.node_port)),
            None => Reach::AnyNode(p.node_port),
        });
        let each = |balancer: &String| {
            let of = |port: i32| Reach::Balancer(at(balancer, port));
            facts.ports.iter().map(|p| of(p.port)).collect::<Vec<_>>()
        };
        let balanced = facts
            .balancers
            .iter()
            .filter(|_| facts.is_balanced())
            .flat_map(each);
        let pending = facts.is_balanced() && facts.balancers.is_empty();
        let ways = named.chain(on_nodes).chain(balanced);
        ways.chain(pending.then_some(Reach::Pending)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(kind: &str, node_port: i32) -> SetService {
        let port = ServicePort {
            port: 80,
            node_port,
            ..ServicePort::default()
        };
        SetService {
            facts: ServiceFacts {
                namespace: "shop".into(),
                name: "front".into(),
                kind: kind.into(),
                ports: vec![port],
                ..ServiceFacts::default()
            },
            ..SetService::default()
        }
    }

    #[test]
    fn each_type_has_its_addresses() {
        let name = Reach::Name("front.shop.svc:80".into());
        assert_eq!(service("ClusterIP", 0).reached(), std::slice::from_ref(&name));
        assert_eq!(service("ExternalName", 0).reached(), []);
        let mut on_nodes = service("NodePort", 30080);
        assert_eq!(on_nodes.reached(), [name.clone(), Reach::AnyNode(30080)]);
        on_nodes.node = Some("fd00::1".into());
        assert_eq!(on_nodes.reached()[1], Reach::Node("[fd00::1]:30080".into()));
    }

    #[test]
    fn a_load_balancer_is_waited_for() {
        let mut balanced = service("LoadBalancer", 0);
        assert_eq!(balanced.reached()[1..], [Reach::Pending]);
        balanced.facts.balancers = vec!["203.0.113.7".into(), "lb.example.com".into()];
        let told = ["203.0.113.7:80", "lb.example.com:80"].map(|a| Reach::Balancer(a.to_owned()));
        assert_eq!(balanced.reached()[1..], told);
        // What is left in the status of a Service of another type counts for nothing.
        balanced.facts.kind = "ClusterIP".into();
        assert_eq!(balanced.reached().len(), 1);
    }
}
