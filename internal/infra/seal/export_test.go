package seal

// CreateBy is Create without a Box, with another way to link files.
var CreateBy = create
