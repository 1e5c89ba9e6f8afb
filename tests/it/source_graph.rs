//! The graph of files that name each other's items, read from the tokens of Rust sources. Comments
//! and texts are no tokens, so neither can hide an import nor look like one.
//!
//! Modules, `use` trees with their aliases and globs, and paths in code and macros are resolved as
//! the compiler does it, as far as names of this crate go: a re-exported name leads to the file
//! that defines it. Method calls are not resolved; a file that calls a method got the value from a
//! function or type that it names.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// The sources of a crate: the text of each file by its path.
pub type Sources = BTreeMap<String, String>;

/// A path such as `crate::model::Kind`, a segment each.
type Segments = Vec<String>;

/// A path that is written in a module.
pub struct Mention {
    pub file: String,
    /// The module in which it is written.
    pub module: Segments,
    /// The path, an alias of its first segment resolved.
    pub path: Segments,
    /// The module that a path of this crate leads to, with re-exports resolved.
    pub target: Option<Segments>,
    /// `true` in code that is compiled for tests only.
    pub test: bool,
    /// `true` in a `pub use` of a name that its own module does not use.
    passed_on: bool,
}

/// A file that names an item of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub name: String,
}

/// The modules of a crate and the paths that are written in them.
#[derive(Default)]
pub struct Graph {
    modules: BTreeMap<Segments, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    test: bool,
    children: BTreeSet<String>,
    items: BTreeSet<String>,
    /// Names that `use` brings in, and the paths they stand for.
    bindings: BTreeMap<String, Segments>,
    globs: Vec<Segments>,
    /// Names in code, outside `use`.
    names: BTreeSet<String>,
    paths: Vec<Written>,
}

/// The module that a path leads to, or that defines the item it leads to.
struct End {
    module: Segments,
    is_item: bool,
}

/// A path as it is written.
struct Written {
    path: Segments,
    test: bool,
    /// The name that a `pub use` gives it.
    reexport: Option<String>,
}

/// The place of a piece of source text.
#[derive(Clone)]
struct Scope {
    module: Segments,
    test: bool,
    /// `true` directly in a module, where items are declared.
    items: bool,
}

impl Graph {
    /// Reads a crate from its root file.
    pub fn read(sources: &Sources, root: &str) -> Graph {
        let mut graph = Graph::default();
        graph.add_file(sources, root, &Scope { module: Vec::new(), test: false, items: true });
        graph
    }

    fn add_file(&mut self, sources: &Sources, file: &str, scope: &Scope) {
        let text = sources.get(file).unwrap_or_else(|| panic!("there is no {file}"));
        let module = Module { file: file.to_owned(), test: scope.test, ..Module::default() };
        self.modules.insert(scope.module.clone(), module);
        self.walk(sources, &tokens(text, file), scope);
    }

    fn module(&mut self, path: &Segments) -> &mut Module {
        self.modules.get_mut(path).unwrap()
    }

    fn walk(&mut self, sources: &Sources, tokens: &[TokenTree], scope: &Scope) {
        let mut scope = scope.clone();
        let outer_test = scope.test;
        let (mut at, mut public, mut other_file) = (0, false, None);
        while at < tokens.len() {
            if let Some((attribute, next)) = attribute(tokens, at) {
                match ident(&attribute, 0).as_deref() {
                    Some("doc") => {}
                    _ if is_test(&attribute) => scope.test = true,
                    Some("path") => other_file = flat(&attribute).last().map(|word| literal(word)),
                    _ => self.walk(sources, &attribute, &Scope { items: false, ..scope.clone() }),
                }
                at = next;
                continue;
            }
            let (word, next) = (ident(tokens, at), ident(tokens, at + 1));
            match (word.as_deref(), next) {
                (Some("pub"), _) => {
                    public = true;
                    let limited = matches!(tokens.get(at + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                    at += 1 + usize::from(limited);
                    continue;
                }
                (Some("use"), _) if punct(tokens, at + 1) != Some('<') => {
                    let end = (at..tokens.len()).find(|n| punct(tokens, *n) == Some(';'));
                    let end = end.unwrap_or(tokens.len());
                    self.add_use(&tokens[at + 1..end], &Vec::new(), &scope, public);
                    at = end + 1;
                    (public, scope.test) = (false, outer_test);
                    continue;
                }
                (Some("mod"), Some(name)) if scope.items => {
                    self.module(&scope.module).children.insert(name.clone());
                    let mut inner = scope.clone();
                    inner.module.push(name.clone());
                    let file = self.module(&scope.module).file.clone();
                    if let Some(TokenTree::Group(group)) = tokens.get(at + 2) {
                        let module = Module { file, test: inner.test, ..Module::default() };
                        self.modules.insert(inner.module.clone(), module);
                        self.walk(sources, &trees(group.stream()), &inner);
                    } else {
                        let file = child_file(sources, &file, &name, other_file.take());
                        self.add_file(sources, &file, &inner);
                    }
                    at += 3;
                    (public, scope.test) = (false, outer_test);
                    continue;
                }
                (Some(keyword), Some(name)) if scope.items && declares(keyword) => {
                    self.module(&scope.module).items.insert(name);
                }
                (Some("macro_rules"), _) if scope.items => {
                    if let Some(name) = ident(tokens, at + 2) {
                        self.module(&scope.module).items.insert(name);
                    }
                }
                _ => {}
            }
            match &tokens[at] {
                TokenTree::Group(group) => {
                    let inner = Scope { items: false, ..scope.clone() };
                    self.walk(sources, &trees(group.stream()), &inner);
                    // The body of an item ends what `#[cfg(test)]` applies to.
                    if group.delimiter() == Delimiter::Brace && scope.items {
                        (public, scope.test) = (false, outer_test);
                    }
                    at += 1;
                }
                TokenTree::Ident(_) if !continues(tokens, at) => {
                    let path = path_at(tokens, at);
                    at += 3 * path.len() - 2;
                    let module = self.module(&scope.module);
                    if let [name] = &path[..] {
                        module.names.insert(name.clone());
                    } else {
                        module.names.insert(path[0].clone());
                        module.paths.push(Written { path, test: scope.test, reexport: None });
                    }
                }
                TokenTree::Punct(punct) => {
                    if punct.as_char() == ';' && scope.items {
                        (public, scope.test) = (false, outer_test);
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    /// Adds a `use` tree: a path, with `as`, `*` or a list in braces at its end.
    fn add_use(&mut self, tree: &[TokenTree], before: &Segments, scope: &Scope, public: bool) {
        let mut path = before.clone();
        let mut at = 0;
        while at < tree.len() {
            match &tree[at] {
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Group(list) => {
                    let list = trees(list.stream());
                    for part in list.split(
                        |tree| matches!(tree, TokenTree::Punct(comma) if comma.as_char() == ','),
                    ) {
                        if !part.is_empty() {
                            self.add_use(part, &path, scope, public);
                        }
                    }
                    return;
                }
                TokenTree::Punct(star) if star.as_char() == '*' => {
                    let reexport = public.then(|| "*".to_owned());
                    let module = self.module(&scope.module);
                    module.globs.push(path.clone());
                    module.paths.push(Written { path, test: scope.test, reexport });
                    return;
                }
                _ => {}
            }
            if ident(tree, at + 1).as_deref() == Some("as") {
                let alias = ident(tree, at + 2).unwrap_or_default();
                return self.bind(alias, path, scope, public);
            }
            at += 1;
        }
        // `a::{self}` is `a`.
        let name = path.iter().rev().find(|word| *word != "self").cloned();
        self.bind(name.unwrap_or_default(), path, scope, public);
    }

    fn bind(&mut self, name: String, mut path: Segments, scope: &Scope, public: bool) {
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let reexport = public.then(|| name.clone());
        let module = self.module(&scope.module);
        module.paths.push(Written { path: path.clone(), test: scope.test, reexport });
        module.bindings.insert(name, path);
    }

    /// The path with an alias of its first segment replaced by what it stands for.
    fn expand(&self, module: &Segments, path: &Segments) -> Segments {
        let own = &self.modules[module];
        match own.bindings.get(&path[0]) {
            Some(bound) if bound != path && !own.children.contains(&path[0]) => {
                [bound.as_slice(), &path[1..]].concat()
            }
            _ => path.clone(),
        }
    }

    /// The end of a path that is written in a module; `None` for another crate's.
    fn resolve(&self, module: &Segments, path: &[String], depth: usize) -> Option<End> {
        if depth > 16 {
            return None;
        }
        let supers = path.iter().take_while(|word| *word == "super").count();
        match path.first()?.as_str() {
            "crate" => self.descend(Vec::new(), &path[1..], depth),
            "self" => self.descend(module.clone(), &path[1..], depth),
            "super" => {
                let parent = module[..module.len().checked_sub(supers)?].to_vec();
                self.descend(parent, &path[supers..], depth)
            }
            _ => self.find(module, path, depth),
        }
    }

    /// Follows a path downwards from a module. A name that it does not have is taken for an item
    /// that a macro makes.
    fn descend(&self, module: Segments, path: &[String], depth: usize) -> Option<End> {
        if path.is_empty() {
            return Some(End { module, is_item: false });
        }
        Some(self.find(&module, path, depth).unwrap_or(End { module, is_item: true }))
    }

    /// Follows a path whose first segment is a name of this module.
    fn find(&self, module: &Segments, path: &[String], depth: usize) -> Option<End> {
        let own = self.modules.get(module)?;
        let (name, rest) = path.split_first()?;
        if own.children.contains(name) {
            let child = [module.as_slice(), std::slice::from_ref(name)].concat();
            return self.descend(child, rest, depth);
        }
        if own.items.contains(name) {
            return Some(End { module: module.clone(), is_item: true });
        }
        if let Some(bound) = own.bindings.get(name) {
            let end = self.resolve(module, bound, depth + 1)?;
            return if end.is_item { Some(end) } else { self.descend(end.module, rest, depth + 1) };
        }
        own.globs.iter().find_map(|glob| {
            let end = self.resolve(module, glob, depth + 1)?;
            if end.module == *module { None } else { self.find(&end.module, path, depth + 1) }
        })
    }

    /// Every path that is written in the crate.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        for (module, own) in &self.modules {
            for Written { path, test, reexport } in &own.paths {
                found.push(Mention {
                    file: own.file.clone(),
                    module: module.clone(),
                    path: self.expand(module, path),
                    target: self.resolve(module, path, 0).map(|end| end.module),
                    test: *test,
                    passed_on: reexport.as_ref().is_some_and(|name| !own.names.contains(name)),
                });
            }
        }
        found
    }

    /// The files that are compiled outside tests too.
    pub fn files_outside_tests(&self) -> BTreeSet<String> {
        self.modules.values().filter(|own| !own.test).map(|own| own.file.clone()).collect()
    }

    /// The arrows from file to file. `mod x;` is none, nor is a re-export that its own file leaves
    /// alone, nor what only tests name.
    pub fn arrows(&self) -> BTreeSet<Arrow> {
        let mut found = BTreeSet::new();
        for mention in self.mentions() {
            let Some(target) = &mention.target else { continue };
            let to = self.modules[target].file.clone();
            if to != mention.file && !mention.passed_on && !mention.test {
                found.insert(Arrow { from: mention.file, to, name: mention.path.join("::") });
            }
        }
        found
    }

    /// The files that lead back to themselves by arrows, a set for each circle, sorted.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let mut next: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for arrow in self.arrows() {
            next.entry(arrow.from).or_default().insert(arrow.to);
        }
        let reach = |from: &String| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
            while let Some(file) = open.pop() {
                for to in next.get(file).into_iter().flatten() {
                    if seen.insert(to.clone()) {
                        open.push(to);
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&String, BTreeSet<String>> =
            next.keys().map(|file| (file, reach(file))).collect();
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for (file, to) in reached.iter().filter(|(file, to)| to.contains(**file)) {
            let back =
                |other: &&String| reached.get(*other).is_some_and(|from| from.contains(*file));
            circles.insert(to.iter().filter(back).cloned().collect());
        }
        circles.into_iter().collect()
    }

    /// The arrows inside a circle, a line each.
    pub fn ties(&self, circle: &[String]) -> String {
        let inside = |arrow: &Arrow| circle.contains(&arrow.from) && circle.contains(&arrow.to);
        let line =
            |arrow: Arrow| format!("  {} names {} of {}\n", arrow.from, arrow.name, arrow.to);
        self.arrows().into_iter().filter(inside).map(line).collect()
    }
}

/// The tokens of a file, without its comments.
pub fn tokens(text: &str, file: &str) -> Vec<TokenTree> {
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
    trees(stream)
}

fn trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

/// The words of code in one row, brackets and `::` among them. Doc comments are left out, and items
/// for tests only.
pub fn flat(tokens: &[TokenTree]) -> Vec<String> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((content, next)) = attribute(tokens, at) {
            at = next;
            match is_test(&content) {
                true => at = end_of_item(tokens, at),
                false if ident(&content, 0).as_deref() == Some("doc") => {}
                false => words.extend(flat(&content)),
            }
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                words.extend(flat(&trees(group.stream())));
                words.push(close.to_owned());
            }
            _ if colons(tokens, at) => {
                words.push("::".to_owned());
                at += 1;
            }
            tree => words.push(tree.to_string()),
        }
        at += 1;
    }
    words
}

/// `true` for the attribute `cfg(test)`.
fn is_test(attribute: &[TokenTree]) -> bool {
    let test = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.stream().to_string() == "test");
    ident(attribute, 0).as_deref() == Some("cfg") && attribute.get(1).is_some_and(test)
}

/// The position behind the item that begins here.
fn end_of_item(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |tree: &TokenTree| match tree {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    tokens[at..].iter().position(ends).map_or(tokens.len(), |end| at + end + 1)
}

/// The text of a literal, without its quotes.
pub fn literal(word: &str) -> String {
    word.trim_matches('"').to_owned()
}

/// The content of an attribute that begins here, and the position behind it.
fn attribute(tokens: &[TokenTree], at: usize) -> Option<(Vec<TokenTree>, usize)> {
    if punct(tokens, at) != Some('#') {
        return None;
    }
    let at = at + 1 + usize::from(punct(tokens, at + 1) == Some('!'));
    match tokens.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            Some((trees(group.stream()), at + 1))
        }
        _ => None,
    }
}

fn ident(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn punct(tokens: &[TokenTree], at: usize) -> Option<char> {
    match tokens.get(at) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    }
}

/// `true` where `::` begins.
fn colons(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':' && p.spacing() == Spacing::Joint)
        && punct(tokens, at + 1) == Some(':')
}

/// `true` for a word that is not the first of its path: behind `::` or a dot.
fn continues(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| punct(tokens, before));
    let range = at.checked_sub(2).and_then(|before| punct(tokens, before)) == Some('.');
    match before {
        Some(':') => at.checked_sub(2).is_some_and(|before| colons(tokens, before)),
        Some('.') => !range,
        _ => false,
    }
}

fn path_at(tokens: &[TokenTree], at: usize) -> Segments {
    let mut path = vec![ident(tokens, at).unwrap_or_default()];
    let mut at = at + 1;
    while colons(tokens, at)
        && let Some(word) = ident(tokens, at + 2)
    {
        path.push(word);
        at += 3;
    }
    path
}

/// `true` for a keyword that is followed by the name of an item.
fn declares(keyword: &str) -> bool {
    ["fn", "struct", "enum", "union", "trait", "type", "const", "static"].contains(&keyword)
}

/// The file of `mod name;` in this file.
fn child_file(sources: &Sources, file: &str, name: &str, other: Option<String>) -> String {
    let (folder, own) = file.rsplit_once('/').unwrap_or(("", file));
    if let Some(other) = other {
        return format!("{folder}/{other}");
    }
    let folder = match own {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        own => format!("{folder}/{}", own.trim_end_matches(".rs")),
    };
    let flat = format!("{folder}/{name}.rs");
    if sources.contains_key(&flat) { flat } else { format!("{folder}/{name}/mod.rs") }
}
