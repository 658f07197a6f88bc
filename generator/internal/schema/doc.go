// Package schema words the YAML files of an archive as JSON Schema, so that an editor
// completes and checks them with Vietnamese descriptions.
//
// The schemas are made of the structs of package record by reflection, in the way in which
// package content decodes them: a key that is added there needs its words in keys.yaml and
// nothing else here. They are draft-07, the one that the YAML server of editors reads best,
// and what they refuse content refuses too; much that content refuses, such as an id that is
// not there, no schema can see. Where content takes a value in more than one shape, so does
// the schema.
//
// Two things are as they are for the sake of that server. Where a value may stand empty, or
// be any scalar, no `type` says so but a condition: it proposes true, false and null
// for every type it reads. And what may be a scalar or hold keys stands in an anyOf, though
// alone there, for then it writes the colon behind the key and waits for either.
// `errorMessage` and `enumDescriptions` are its words; others pass over them.
package schema
