package main

import (
	"bytes"
	"fmt"
	"html"
	"math"
)

// Measures of the plot, in pixels.
const (
	barHeight  = 14
	barGap     = 6
	labelWidth = 330
	plotWidth  = 460
	valueWidth = 60
	axisHeight = 24
)

// plot draws bars on a logarithmic scale, from a tenth to beyond the longest, with a line where the baseline is.
func plot(bars []bar) []byte {
	least, most := 0.1, 100.0
	for _, b := range bars {
		for b.ratio > most {
			most *= 10
		}
		for b.ratio < least {
			least /= 10
		}
	}
	at := func(ratio float64) float64 {
		return labelWidth + plotWidth*math.Log(ratio/least)/math.Log(most/least)
	}
	width, height := labelWidth+plotWidth+valueWidth, axisHeight+len(bars)*(barHeight+barGap)+barGap
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="sans-serif" font-size="11">`+"\n", width, height)
	out.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	for mark := least; mark <= most*1.001; mark *= 10 {
		color := "#ddd"
		if math.Abs(mark-1) < 0.01 {
			color = "#888"
		}
		fmt.Fprintf(&out, `<path d="M%.1f %d V%d" stroke="%s"/>`+"\n", at(mark), axisHeight-4, height-barGap, color)
		fmt.Fprintf(&out, `<text x="%.1f" y="%d" text-anchor="middle" fill="#555">%s×</text>`+"\n", at(mark), axisHeight-9, significant(mark))
	}
	for i, b := range bars {
		y := axisHeight + i*(barHeight+barGap) + barGap
		color := "#9aa7b4"
		if b.ours {
			color = "#2a6fb0"
		}
		left, right := min(at(1), at(b.ratio)), max(at(1), at(b.ratio))
		fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="end" fill="#222">%s</text>`+"\n", labelWidth-8, y+barHeight-3, html.EscapeString(b.name))
		fmt.Fprintf(&out, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"><title>%s</title></rect>`+"\n",
			left, y, max(right-left, 1), barHeight, color, html.EscapeString(b.String()))
		fmt.Fprintf(&out, `<text x="%.1f" y="%d" fill="#222">%s×</text>`+"\n", right+4, y+barHeight-3, significant(b.ratio))
	}
	out.WriteString("</svg>\n")
	return out.Bytes()
}
