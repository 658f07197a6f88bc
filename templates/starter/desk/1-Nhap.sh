#!/bin/sh
# Imports the .csv sheet that is its argument, or asks for one.
here=$(cd "$(dirname "$0")" && pwd) || exit 3
end() {
  if [ -t 0 ]; then
    printf '\nNhấn Enter để đóng cửa sổ. / Press Enter to close. '
    read -r _
  fi
  exit "$1"
}
bin=$here/vitrine
[ -x "$bin" ] || bin=$here/../vitrine
[ -x "$bin" ] || bin=$(command -v vitrine) || {
  echo "Không thấy vitrine bên cạnh tệp này. Hãy giải nén cả gói rồi chạy lại."
  echo "vitrine is not beside this file. Unpack the whole archive, then run this again."
  end 2
}
kho=$here/kho-cua-toi
[ -f "$here/content/site.yaml" ] && kho=$here
[ -f "$kho/content/site.yaml" ] || {
  echo "Không thấy kho (thư mục kho-cua-toi) bên cạnh tệp này."
  echo "There is no archive (folder kho-cua-toi) beside this file."
  end 2
}
ask() {
  printf '%s' "$1"
  read -r answer || answer=
}
sheet=$1
[ -n "$sheet" ] || { ask "Tệp CSV / CSV file: "; sheet=$answer; }
case $sheet in "" | /*) ;; *) sheet=$PWD/$sheet ;; esac
[ -f "$sheet" ] || {
  echo "Không thấy tệp / No such file: $sheet"
  end 2
}
ask "Mã phông, ví dụ phong-02 / Fonds id, such as phong-02: "
fonds=$answer
[ -n "$fonds" ] || {
  echo "Chưa nhập gì. / Nothing was imported."
  end 2
}
ask "Thư mục ảnh, để trống nếu không có / Folder of scans, empty for none: "
media=$answer
case $media in "" | /*) ;; *) media=$PWD/$media ;; esac
cd "$kho" || end 3
"$bin" --lang vi import csv "$sheet" --fonds "$fonds" ${media:+--media "$media"}
code=$?
if [ $code = 0 ]; then
  echo "Đã nhập. Bản ghi mới chưa công bố cho đến khi được xét và có quyết định. Tiếp theo: 2-Xem-thu"
  echo "Imported. New records stay unpublished until they are reviewed and cleared. Next: 2-Xem-thu"
elif [ $code = 4 ]; then
  echo "CHỈ NHẬP ĐƯỢC MỘT PHẦN: có dòng bị bỏ lại, nêu ở trên. Sửa bảng rồi nhập lại."
  echo "IMPORTED IN PART: the rows named above were left out. Correct the sheet and import it again."
else
  echo "Chưa nhập được; xem các dòng ở trên. / Not imported; see the lines above."
fi
end $code
