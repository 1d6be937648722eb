//! What a rule can say.
use super::Wanted;

/// What is wrong at a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing is there, and something must be.
    Required,
    /// Lower-case letters, digits and `-`, a letter or digit at both ends.
    DnsLabel,
    /// As [`Rule::DnsLabel`], beginning with a letter.
    ServiceName,
    /// More characters than this.
    TooLong(usize),
    /// No integer in this range.
    Integer(i64, i64),
    /// Somebody else here has this name.
    Duplicate,
    /// White space where none may be.
    Blank,
    /// Warning: no tag, or `latest`.
    Latest,
    /// No Kubernetes quantity.
    Quantity,
    /// Zero or less.
    NotPositive,
    /// A limit below the request, which is given.
    BelowRequest(String),
    /// Warning: `m` at memory means thousandths of a byte.
    MilliBytes,
    /// Port names: at most 15 of `a-z 0-9 -`, with a letter, no `--`, no `-` at the ends.
    PortName,
    /// Warning: a host port ties each pod to a node of its own.
    HostPort,
    /// None of TCP, UDP, SCTP.
    Protocol,
    /// Printable ASCII without `=`.
    EnvName,
    /// A path that does not begin with `/`.
    Absolute,
    /// A `:` in a path.
    Colon,
    /// Warning: a claim template that no container mounts.
    NotMounted,
    /// No such access mode.
    AccessMode,
    /// No label key.
    LabelKey,
    /// No label value.
    LabelValue,
    /// No container at all.
    NoContainer,
    /// The selector asks for labels that the pods do not carry.
    Selector,
    /// Advice: pods are killed at once.
    NoGrace,
    /// Advice: under OrderedReady the next pod waits for "ready", which nothing tells.
    NoReadiness,
    /// Advice: first to be evicted, and refused where a quota counts requests.
    NoResources,
    /// Advice: the container can do everything on the node.
    Privileged,
    /// Advice: a fresh volume belongs to root, and the processes run as somebody else.
    NoFsGroup,
    /// Root is asked for and refused at once.
    RootRefused,
    /// Advice: the data goes with each pod.
    NoStorage,
    /// Advice: the selector has `version`, which changes with every release, and the selector cannot.
    SelectorVersion,
    /// Advice: a directory of the node, which does not move with the pod.
    HostPath,
    /// Advice: with fewer domains than pods the rest stays Pending.
    HardAntiAffinity,
    /// Neither a whole number nor a percentage.
    Share,
    /// Neither `true` nor `false`.
    Flag,
    /// None of these.
    OneOf(&'static [&'static str]),
    /// No DNS name: labels with dots between.
    DnsName,
    /// No Service of this name in the bundle; the cluster may have one, so a warning.
    NoService,
    /// The Service that the set names has an address of its own, so pods get no names (no `clusterIP: None`).
    NotHeadless,
    /// Warning: a variable that another platform's console wrote for itself.
    VendorVariable,
    /// The Service selects labels that the pods do not carry.
    ServiceSelector,
    /// Warning: a headless Service balances nothing, so affinity means nothing.
    Affinity,
    /// Not the namespace of the set.
    OtherNamespace,
    /// `targetPort` names no port of a container.
    TargetPort,
    /// Warning: no `serviceName`, so the pods get no names.
    NoServiceName,
    /// Warning: another namespace than the set's, where nothing that the set names is looked for.
    ForeignNamespace,
    /// A number or boolean for Kubernetes' reader, where it wants a string (T-14).
    NotText,
    /// A number or boolean in quotes, where Kubernetes wants none.
    Quoted,
    /// Something else than what Kubernetes wants there.
    Wants(Wanted),
    /// Warning: no field of Kubernetes.
    UnknownField,
    /// Warning: no field of Kubernetes, but nearly this one.
    Misspelled(&'static str),
    /// Warning: no field of Kubernetes here, but one at this path.
    Misplaced(String),
    /// Several objects in one document of kind `List`.
    List,
    /// Warning: an alias or a merge key, whose meaning no form shows (T-18).
    Alias,
    /// Warning: a command of one word with blanks in it, which no program has for a name.
    OneWord,
    /// Warning: a script within quotes of its own, which the shell takes for the name of a program.
    QuotedScript,
    /// No container of the pod has this name; the one that was probably meant.
    UnknownContainer(String),
    /// The ConfigMap or Secret in the bundle has other keys, which are these.
    UnknownKey(String),
    /// `//`, which begins no comment in YAML.
    SlashComment,
    /// Rules about nodes below the rules about pods.
    NodeTerms,
    /// Warning: a pod of the set is looked for below this Service, which is not its own.
    PeerName(String),
    /// A version that clusters no longer serve; the one that they do (T-21).
    OldVersion(&'static str),
    /// Warning: a label that nodes no longer have, or never had; the one that they have.
    OldLabel(&'static str),
    /// Warning: an annotation that has become this field.
    OldAnnotation(&'static str),
    /// Warning: an object as a cluster gave it out, with what only a cluster writes (T-22).
    Exported,
    /// Warning: Kubernetes reads it and does nothing with it (T-23).
    Ignored,
    /// Warning: the cluster has no object of this kind and name.
    NotThere(&'static str),
    /// Warning: the namespace has a StatefulSet of this name.
    Taken,
    /// Warning: this claim of the set, and so many more, are there already.
    ClaimsThere(String, usize),
    /// Warning: a quota counts this, and the container does not say how much it asks for.
    QuotaAsks(String),
    /// Warning: the namespace enforces this Pod Security level, which refuses such pods.
    PodSecurity(&'static str),
}

impl Rule {
    /// Whether it only says what can happen, and blocks nothing.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Latest
                | Self::MilliBytes
                | Self::HostPort
                | Self::Affinity
                | Self::NoService
                | Self::NotMounted
                | Self::VendorVariable
                | Self::NoServiceName
                | Self::ForeignNamespace
                | Self::UnknownField
                | Self::Misspelled(_)
                | Self::Misplaced(_)
                | Self::Alias
                | Self::OneWord
                | Self::QuotedScript
                | Self::PeerName(_)
                | Self::OldLabel(_)
                | Self::OldAnnotation(_)
                | Self::Exported
                | Self::Ignored
                | Self::NotThere(_)
                | Self::Taken
                | Self::ClaimsThere(..)
                | Self::QuotaAsks(_)
                | Self::PodSecurity(_)
        )
    }
}
