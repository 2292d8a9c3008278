// Package agency keeps the agencies of a region (perangkat daerah): its boards,
// offices, divisions, districts and health centres, each of which must innovate.
//
// An agency is made by an admin of its region and named by everything that it
// owns. Its tree, its former names and the people assigned to it come later.
//
// The package asks for what it needs through Store, Log and uow.Transactor;
// agencysql and agencyweb are its two adapters.
package agency
