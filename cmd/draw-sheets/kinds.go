package main

import "image/color"

// kinds are all kinds of sheets, by the name used in the list.
var kinds = map[string]kind{
	"typescript":       {typescriptStock, drawTypescript},
	"minutes":          {minutesStock, drawMinutes},
	"handwriting-form": {formStock, drawHandwritingForm},
	"masthead":         {newsprintStock, drawMasthead},
	"leaflet":          {leafletStock, drawLeaflet},
	"route-sketch":     {sketchStock, drawRouteSketch},
	"telegram":         {telegramStock, drawTelegram},
	"card":             {cardStock, drawCard},
	"index-card":       {indexStock, drawIndexCard},
	"ledger-page":      {ledgerStock, drawLedger},
	"cover":            {coverStock, drawCover},
	"mount":            {boardStock, drawMount},
	"photo-mount":      {albumStock, drawPhotoMount},
}

// Tones of paper and board.
var (
	cream   = color.RGBA{238, 227, 203, 255}
	straw   = color.RGBA{232, 217, 184, 255}
	onion   = color.RGBA{240, 232, 214, 255}
	buff    = color.RGBA{226, 208, 172, 255}
	news    = color.RGBA{227, 213, 183, 255}
	rosy    = color.RGBA{236, 220, 199, 255}
	pale    = color.RGBA{243, 237, 222, 255}
	bluish  = color.RGBA{220, 224, 214, 255}
	manila  = color.RGBA{214, 186, 138, 255}
	grey    = color.RGBA{198, 190, 172, 255}
	board   = color.RGBA{236, 232, 221, 255}
	album   = color.RGBA{62, 56, 51, 255}
	surface = color.RGBA{250, 246, 234, 255}
)
