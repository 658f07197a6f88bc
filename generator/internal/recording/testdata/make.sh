#!/bin/sh
# Makes the recordings of the tests: half a second of a tone, and of a pattern, with words in
# every place where a tool puts words. Needs ffmpeg (Debian).
set -e
cd "$(dirname "$0")"
ff() { ffmpeg -v error -y "$@"; }
tone="-f lavfi -i sine=440:duration=0.5:sample_rate=22050"
plate="-f lavfi -i testsrc=duration=0.5:size=64x48:rate=10"
words="-metadata title=CANARY-title -metadata artist=CANARY-artist -metadata comment=CANARY-comment -metadata:s:a handler_name=CANARY-handler -metadata:s:a title=CANARY-track"
ff $plate -frames:v 1 cover.png
printf 'WEBVTT\n\n00:00.000 --> 00:00.400\nCANARY-subtitle\n' > words.vtt
printf ';FFMETADATA1\ntitle=CANARY-all\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=CANARY-chapter\n' > chapters.txt
ff $tone -i cover.png -map 0 -map 1 $words -metadata:s:v comment="Cover (front)" -metadata:s:v title=CANARY-cover -c:a libmp3lame -b:a 32k -write_id3v1 1 -id3v2_version 3 cbr.mp3
ff $tone $words -c:a libmp3lame -q:a 7 -write_id3v1 1 vbr.mp3
ff $tone $words -c:a pcm_s16le -ar 8000 plain.wav
ff $tone $words -c:a libvorbis -q:a 0 vorbis.ogg
ff $tone $words -c:a libopus -b:a 16k opus.ogg
louder="-f lavfi -i sine=440:duration=4:sample_rate=24000,volume=t/4:eval=frame"
ff $louder -c:a libvorbis -q:a 0 louder.ogg
ff $louder -af aformat=channel_layouts=stereo -c:a libopus -b:a 48k louder.opus
ff $louder -c:a libopus -b:a 48k louder.webm
ff $louder -c:a libvorbis -q:a 0 louder-vorbis.webm
ff $tone -i chapters.txt -map 0 -map_chapters 1 $words -c:a aac -b:a 32k sound.m4a
ff $plate $tone -i words.vtt -i chapters.txt -map 0 -map 1 -map 2 -map_chapters 3 $words -metadata:s:v handler_name=CANARY-picture -metadata location="+21.03+105.83/" -c:v libx264 -g 5 -pix_fmt yuv420p -c:a aac -b:a 32k -c:s mov_text film.mp4
ff $plate $tone -i words.vtt -i chapters.txt -map 0 -map 1 -map 2 -map_chapters 3 $words -metadata:s:v title=CANARY-picture -c:v libvpx -g 5 -c:a libvorbis -q:a 0 -c:s webvtt film.webm
ff $plate -map 0 $words -c:v libvpx-vp9 -live 1 -cluster_time_limit 100 -g 1 -f webm - > live.webm
ff $plate $tone $words -c:v libx265 -x265-params log-level=none:keyint=5 -pix_fmt yuv420p -tag:v hvc1 -c:a libopus -b:a 16k hevc.mp4
ff $plate $words -c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p av1.webm
ff $tone -c:a flac sound.flac
ff $plate $tone -c:v libtheora -c:a libvorbis theora.ogv 2>/dev/null || true
ff $plate -c:v mpeg4 old.mp4
ff $plate -c:v libx264 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov fragmented.mp4
ff $plate -c:v libvpx film.mkv
rm cover.png words.vtt chapters.txt
