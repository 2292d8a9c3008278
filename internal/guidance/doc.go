// Package guidance keeps what BRIDA tells about the indicators of a period, in its
// own words, and the sample files with which it shows what proves an indicator,
// and what does not.
//
// Guidance belongs to an indicator that innovations are asked, in one period. No
// words take it away. A sample file arrives before its form is looked at; it waits
// for its caption and verdict, and is shown to nobody before it has them. Taking a
// sample off leaves its bytes where files lie. Pages that ask an indicator show both
// beside it: evidence reads them in the one statement of its page.
//
// The package asks for what it needs through Store, file.Service, Log and
// uow.Transactor; guidancesql and guidanceweb are its two adapters.
package guidance
