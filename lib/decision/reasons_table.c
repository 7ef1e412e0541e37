#include "lib/decision/reasons_table.h"

#include <string.h>

static const struct reason reasons[] = {
	{ "file.readable", { "file", "文件" },
	  { "The file cannot be read: send the original picture again.",
	    "文件无法读取，请重新上传原始照片。" }, { NULL, NULL } },
	{ "file.corrupt", { "damaged data", "数据损坏" }, {
	  "The file's data is damaged: send the original file again.",
	  "照片文件数据有损坏，画面可能局部错误，请重新上传原始照片。" }, { NULL, NULL } },
	{ "file.unended", { "end missing", "缺少文件尾" }, { "The file's end marker is missing.",
	  "照片文件缺少结尾标记，画面完整。" }, { NULL, NULL } },
	{ "file.colour", { "colour", "彩色" },
	  { "The picture is grey, or in a printer's colours (CMYK): send the colour photo "
	    "as the camera made it.",
	    "照片不是 RGB 彩色（灰度，或印刷用 CMYK 模式），请上传相机拍摄的彩色照片。" }, { NULL, NULL } },
	{ "file.resolution", { "resolution", "分辨率" }, { NULL, NULL },
	  { "The face is too small in the picture (it would be enlarged {value} "
	    "times, {max} allowed): send the original file, or come closer.",
	    "照片清晰度不合格：人像过小，需放大 {value} 倍（应不超过 {max} 倍）。"
	    "请上传原图或靠近拍摄。" } },
	{ "file.pages", { "still picture", "单张静态图片" }, { NULL, NULL },
	  { "The file holds {value} pictures: send one still photo.",
	    "文件含 {value} 张图片（动图或多页），请上传单张静态照片。" } },
	{ "file.pixels", { "declared size", "图像尺寸" }, { NULL, NULL },
	  { "The picture says it has {value} million pixels, {max} allowed: send a "
	    "photo of usual size.",
	    "图像声明为 {value} 百万像素，应不超过 {max} 百万像素。请上传正常尺寸的照片。" } },
	{ "provenance.edited", { "edited", "修图痕迹" },
	  { "The file was written by software that edits pictures: send the camera's original.",
	    "文件带有修图软件痕迹，疑似修饰，请上传相机原图。" }, { NULL, NULL } },
	{ "provenance.taken", { "date taken", "拍摄时间" },
	  { "The photo was taken at {detail}, outside the days and hours of the "
	    "collection: have it taken again, or have the time confirmed.",
	    "照片拍摄于 {detail}，不在规定的采集时间内。请重新拍摄近期照片，"
	    "或由学校确认拍摄时间。" }, { NULL, NULL } },
	{ "provenance.front_camera", { "selfie", "自拍" },
	  { "The photo was taken with a front camera: have somebody take it.",
	    "照片由前置摄像头拍摄，疑似自拍，建议由他人拍摄。" }, { NULL, NULL } },
	{ "provenance.screenshot", { "screenshot", "截屏" },
	  { "The picture has the size of a screen and seems to be a screenshot: "
	    "send the original file.",
	    "图像尺寸与手机屏幕一致，疑似截屏，请上传原图。" }, { NULL, NULL } },
	{ "face.count", { "faces", "人脸数" },
	  { "No face was found: take a frontal photo of the student.",
	    "未检测到人脸，请正面拍摄本人照片。" },
	  { "{value} faces were found: only the student may be in the picture.",
	    "检测到 {value} 张人脸，照片中只能有本人。" } },
	{ "face.confidence", { "face's clearness", "人脸置信度" },
	  { "The face is hard to make out: face the camera in even light.",
	    "人脸不清晰或不完整，请正对镜头、在均匀光线下重拍。" }, { NULL, NULL } },
	{ "face.small", { "face's share", "人像占比" },
	  { "The face is only {value} % as wide as the picture, {min} % wanted: come closer.",
	    "人像在画面中过小：面宽占画面的 {value}%，应不少于 {min}%。请靠近拍摄半身照。" }, { NULL, NULL } },
	{ "face.photograph", { "photograph", "真人照片" }, { NULL, NULL },
	  { "The face has no natural shading ({value} % of it is flat): send an unretouched "
	    "photo of the student, not a drawing.",
	    "面部缺少自然明暗（{value}% 为平涂），疑似绘画、卡通或过度修饰，请上传未经修饰的真人照片。" } },
	{ "face.painted", { "painting filter", "绘画滤镜" }, { NULL, NULL },
	  { "The face seems to be made of patches, as painting filters make it: send an "
	    "unretouched photo.",
	    "面部疑似经过绘画类滤镜处理，请上传未经修饰的真人照片。" } },
	{ "face.smooth", { "natural skin", "皮肤质感" },
	  { "The skin seems to be smoothed: send an unretouched photo.",
	    "疑似美颜磨皮，请关闭美颜后重拍并上传原图。" }, { NULL, NULL } },
	{ "face.stretched", { "proportions", "画面比例" },
	  { "The picture seems to be stretched in height: send it in its own proportions.",
	    "照片疑似被纵向拉伸，请上传未改变比例的原图。" },
	  { "The picture seems to be stretched in width: send it in its own proportions.",
	    "照片疑似被横向拉伸，请上传未改变比例的原图。" } },
	{ "face.whole", { "whole face", "人脸完整" },
	  { "The frame cuts the face: leave room around the head.",
	    "人脸被画面边缘截断，请在头部四周留出空间后重拍。" }, { NULL, NULL } },
	{ "pose.roll", { "head tilt", "瞳孔平行角度" },
	  { "The head is tilted by {value} degrees, {max} allowed: hold it upright.",
	    "瞳孔平行角度不合格：头部倾斜 {value}°，应不超过 {max}°。请摆正头部后重拍。" },
	  { "The head is tilted by {value} degrees, {max} allowed: hold it upright.",
	    "瞳孔平行角度不合格：头部倾斜 {value}°，应不超过 {max}°。请摆正头部后重拍。" } },
	{ "pose.level", { "head level", "头部端正" },
	  { "The head is tilted a little: hold it upright.", "头部略有倾斜，请摆正头部。" },
	  { "The head is tilted a little: hold it upright.", "头部略有倾斜，请摆正头部。" } },
	{ "pose.yaw", { "head turn", "头部转向" },
	  { "The head is turned by about {value} degrees, {max} allowed: face the "
	    "camera.", "头部疑似侧转约 {value}°，应不超过 {max}°。请正对镜头。" },
	  { "The head is turned by about {value} degrees, {max} allowed: face the "
	    "camera.", "头部疑似侧转约 {value}°，应不超过 {max}°。请正对镜头。" } },
	{ "pose.pitch", { "head up or down", "头部俯仰" },
	  { "The head seems raised or lowered by about {value} degrees, {max} "
	    "allowed: look straight ahead.",
	    "头部疑似抬起或低下约 {value}°，应不超过 {max}°。请平视镜头。" },
	  { "The head seems raised or lowered by about {value} degrees, {max} "
	    "allowed: look straight ahead.",
	    "头部疑似抬起或低下约 {value}°，应不超过 {max}°。请平视镜头。" } },
	{ "pose.shoulders", { "shoulders", "双肩" },
	  { "The shoulders seem to slope by {value} degrees, {max} allowed: hold them level.",
	    "双肩疑似不平，倾斜约 {value}°，应不超过 {max}°。请端正坐姿、放平双肩后重拍。" },
	  { "The shoulders seem to slope by {value} degrees, {max} allowed: hold them level.",
	    "双肩疑似不平，倾斜约 {value}°，应不超过 {max}°。请端正坐姿、放平双肩后重拍。" } },
	{ "eyes.open", { "eyes open", "睁眼" },
	  { "The eyes are not open: look into the camera with open eyes.",
	    "双眼未睁开，请自然睁眼后重拍。" }, { NULL, NULL } },
	{ "eyes.shut", { "eyes shut", "闭眼" },
	  { "The eyes are shut: look into the camera with open eyes.",
	    "双眼闭合，请自然睁眼后重拍。" }, { NULL, NULL } },
	{ "eyes.covered", { "eyes covered", "墨镜遮挡" }, { NULL, NULL },
	  { "Dark glasses seem to cover the eyes: take them off, or wear clear ones.",
	    "眼部疑似被墨镜或有色镜片遮挡，请摘下或更换透明镜片后重拍。" } },
	{ "eyes.red", { "red eyes", "红眼" }, { NULL, NULL },
	  { "The pupils shine red: do not use the flash.",
	    "疑似红眼，请关闭闪光灯后重拍。" } },
	{ "eyes.glare", { "glare on glasses", "镜片反光" }, { NULL, NULL },
	  { "There seems to be glare before the eyes: turn the light or the glasses a little.",
	    "眼部疑似镜片反光，请调整光源或眼镜角度后重拍。" } },
	{ "mouth.covered", { "mouth covered", "口部遮挡" }, { NULL, NULL },
	  { "A mask, scarf or hand seems to cover the mouth: show the whole face.",
	    "口鼻疑似被口罩、围巾或手遮挡，请露出完整面部后重拍。" } },
	{ "mouth.closed", { "mouth closed", "闭嘴" }, { NULL, NULL },
	  { "The mouth seems to be open: close the lips.",
	    "疑似张嘴或露齿，请自然闭合双唇。" } },
	{ "hair.hat", { "head cover", "头部遮盖" }, { NULL, NULL },
	  { "A hat or other head cover seems to be worn: take it off unless it is "
	    "permitted.",
	    "疑似戴帽子或头饰，请脱帽后重拍；因宗教、医疗等获准佩戴的除外。" } },
	{ "overlay.text", { "text in the picture", "画面文字" }, { NULL, NULL },
	  { "There seems to be text, a date or a watermark in the picture: send it without.",
	    "画面中疑似有文字、日期或水印，请上传无文字的原始照片；衣物上也不应有文字。" } },
	{ "hair.brows", { "brows seen", "露出眉毛" },
	  { "Hair seems to reach the brows: keep it off them.", "头发疑似遮到眉毛，请露出眉毛。" },
	  { NULL, NULL } },
	{ "hair.ears", { "ears seen", "露出耳朵" },
	  { "Neither ear seems to be seen: keep hair off the ears.", "疑似看不到耳朵，请将头发拢到耳后。" },
	  { NULL, NULL } },
	{ "light.dark", { "too dark", "光线过暗" },
	  { "The face is too dark: use even light from the front.",
	    "面部光线过暗，请在正面均匀光线下重拍。" }, { NULL, NULL } },
	{ "light.bright", { "overexposed", "曝光过度" }, { NULL, NULL },
	  { "{value} % of the face is overexposed, {max} % allowed: avoid direct light.",
	    "面部 {value}% 曝光过度，应不超过 {max}%。请避免强光直射。" } },
	{ "light.contrast", { "contrast", "对比度" },
	  { "The face has little contrast: use more light, without haze.",
	    "面部对比度不足，请在充足光线下重拍。" }, { NULL, NULL } },
	{ "light.spots", { "highlights", "面部高光" }, { NULL, NULL },
	  { "{value} % of the face are spots that shine white, {max} % allowed: soften "
	    "the light, or dry the skin.",
	    "面部高光斑点占 {value}%，应不超过 {max}%。请使用柔和光线并擦干面部油光后重拍。" } },
	{ "light.cast", { "colour cast", "偏色" }, { NULL, NULL },
	  { "The face has a colour that skin does not have in white light: use daylight "
	    "or white lamps, and no filter.",
	    "照片疑似偏色，请在白色光源下重拍，不要使用滤镜。" } },
	{ "light.hues", { "true colour", "真彩色" },
	  { "The face has a single hue, or hardly any colour: use no filter, and send the "
	    "original file.", "照片疑似单色调或褪色，请勿使用滤镜并上传原图。" },
	  { NULL, NULL } },
	{ "light.whites", { "whites of the eyes", "眼白偏色" }, { NULL, NULL },
	  { "The whites of the eyes are coloured: use white lamps, and no filter.",
	    "照片疑似偏色（眼白带色），请在白色光源下重拍，不要使用滤镜。" } },
	{ "light.black", { "faded", "褪色" }, { NULL, NULL },
	  { "Nothing in the face is dark: the picture seems to be faded. Send the original "
	    "file.", "照片疑似褪色发白，请上传原图。" } },
	{ "light.sides", { "uneven light", "阴阳脸" },
	  { "One side of the face is lighter by {value} %, {max} % allowed: light "
	    "it from both sides.",
	    "面部左右亮度相差 {value}%（阴阳脸），应不超过 {max}%。请使用左右均匀的光线。" },
	  { "One side of the face is lighter by {value} %, {max} % allowed: light "
	    "it from both sides.",
	    "面部左右亮度相差 {value}%（阴阳脸），应不超过 {max}%。请使用左右均匀的光线。" } },
	{ "sharpness", { "sharpness", "照片清晰度" },
	  { "The face is not sharp: hold the camera still and send the original file.",
	    "照片清晰度不合格，请对焦后重拍，并上传原图。" }, { NULL, NULL } },
	{ "sharpness.motion", { "motion blur", "运动模糊" },
	  { "The face is blurred by motion: hold the camera and the head still.",
	    "照片清晰度不合格：拍摄时相机或头部移动，请保持静止后重拍。" }, { NULL, NULL } },
	{ "noise", { "noise", "噪点" }, { NULL, NULL },
	  { "The face is grainy ({value}, {max} allowed): use more light.",
	    "照片噪点过多（{value}，应不超过 {max}）。请在充足光线下重拍。" } },
	{ "file.artefacts", { "compression", "压缩失真" }, { NULL, NULL },
	  { "The picture is torn into squares by compression: send the original file.",
	    "照片压缩过度，出现方块失真，请上传原图。" } },
	{ "file.quality", { "JPEG quality", "JPEG质量" }, { NULL, NULL },
	  { "The file was saved with JPEG quality {value}: send the original file.",
	    "照片以JPEG质量{value}保存，压缩较多，请上传原图。" } },
	{ "background.gradient", { "gradient", "背景渐变" }, { NULL, NULL },
	  { "The background is lighter at one side: light the wall evenly.",
	    "背景明暗不均，请使用均匀的光线。" } },
	{ "background.shadow", { "shadow", "背景阴影" }, { NULL, NULL },
	  { "A dark shadow of the person is on the background: stand about a metre before "
	    "the wall, in light from both sides.",
	    "背景有明显的人物阴影，请离墙约一米并使用左右均匀的光线。" } },
	{ "background.objects", { "things behind", "背景杂物" }, { NULL, NULL },
	  { "There are things or people behind ({value} % of the background, {max} % "
	    "allowed): stand before an empty wall.",
	    "背景中有其他物体或人员（占 {value}%，应不超过 {max}%），请在空白墙面前重拍。" } },
	{ "background.margins", { "margin", "边框" }, { NULL, NULL },
	  { "There is a margin or a frame around the picture, as of a scan, a screenshot or a "
	    "print: send the original file.",
	    "照片四周有边框或白边，疑似扫描、截屏或翻拍，请上传无边框的原图。" } },
	{ "background.plain", { "background", "背景" },
	  { "The background is not a plain wall.",
	    "背景不均匀，请在纯色墙面前拍摄。" },
	  { "The background is not plain: stand before an even wall, away from it.",
	    "背景不均匀，请在纯色墙面前约一米处拍摄。" } },
	{ "background.mask", { "telling from the background", "人像分离" },
	  { "The person cannot be told from the background surely: a person must look.",
	    "人像与背景难以准确区分，需人工审核。" }, { NULL, NULL } },
	{ "background.colour", { "background colour", "背景颜色" },
	  { "The image's background is not the colour that is wanted.",
	    "电子注册图像的背景颜色不符合要求，需人工审核。" }, { NULL, NULL } },
	{ "clothing.target", { "clothes", "黑边检测" },
	  { "The clothes have the background's colour: wear another colour.",
	    "黑边检测不合格：衣服颜色与背景色过于接近，请更换其他颜色的衣服。" },
	  { NULL, NULL } },
	{ "clothing.similar", { "clothes similar", "黑边检测（相近）" },
	  { "The clothes are close to the background's colour.",
	    "黑边检测：衣服颜色疑似与背景色接近，建议更换深色衣服。" },
	  { NULL, NULL } },
	{ "clothing.colour", { "colour of clothes", "衣服颜色" }, { NULL, NULL },
	  { "The clothes seem to be of a colour that is not wanted (blue, light blue, light "
	    "green): wear another.",
	    "衣服疑似为不允许的颜色（蓝色、浅蓝色、浅绿色等），请更换其他颜色的衣服后重拍。" } },
	{ "clothing.pattern", { "pattern of clothes", "衣服图案" }, { NULL, NULL },
	  { "The clothes seem to have stripes or a pattern: wear plain ones.",
	    "衣服疑似有条纹或复杂图案，请穿纯色衣服。" } },
	{ "clothing.bare", { "bare shoulders", "衣着裸露" }, { NULL, NULL },
	  { "The clothes seem to leave shoulders or breast bare: wear a top with sleeves.",
	    "疑似穿无袖或低领上衣，请穿有袖、非低领的上衣。" } },
	{ "framing.crown", { "crown", "头顶距离顶部百分比" },
	  { "The crown would come to {value} pixels from the top, {min} to {max} "
	    "allowed: leave more room above the head.",
	    "头顶距离顶部百分比不合格：为 {value} 像素，应为 {min} 至 {max} 像素。"
	    "请在头顶上方多留空间后重拍。" },
	  { "The crown would come to {value} pixels from the top, {min} to {max} "
	    "allowed: leave less room above the head.",
	    "头顶距离顶部百分比不合格：为 {value} 像素，应为 {min} 至 {max} 像素。"
	    "请减少头顶上方空间后重拍。" } },
	{ "framing.eye_line", { "eye line", "眼睛中心距离顶部百分比" },
	  { "The eyes would come to {value} pixels from the top, {min} to {max} "
	    "allowed: take the photo again from the standard distance.",
	    "眼睛中心距离顶部百分比不合格：为 {value} 像素，应为 {min} 至 {max} "
	    "像素。请调整取景后重拍。" },
	  { "The eyes would come to {value} pixels from the top, {min} to {max} "
	    "allowed: take the photo again from the standard distance.",
	    "眼睛中心距离顶部百分比不合格：为 {value} 像素，应为 {min} 至 {max} "
	    "像素。请调整取景后重拍。" } },
	{ "framing.face_width", { "face width", "人脸宽度" },
	  { "The face would be {value} pixels wide, {min} to {max} allowed: come closer.",
	    "人脸宽度不合格：为 {value} 像素，应为 {min} 至 {max} 像素。请靠近拍摄。" },
	  { "The face would be {value} pixels wide, {min} to {max} allowed: step back.",
	    "人脸宽度不合格：为 {value} 像素，应为 {min} 至 {max} 像素。请后退拍摄。" } },
	{ "framing.centre", { "centred", "左右居中" },
	  { "The face would be {value} pixels off the middle, {max} allowed: sit in "
	    "the middle.",
	    "人脸偏离中心 {value} 像素，应不超过 {max} 像素。请居中拍摄。" },
	  { "The face would be {value} pixels off the middle, {max} allowed: sit in "
	    "the middle.",
	    "人脸偏离中心 {value} 像素，应不超过 {max} 像素。请居中拍摄。" } },
	{ "framing.above", { "room above", "头顶空间" }, { NULL, NULL },
	  { "The picture lacks {value} pixels above the head: leave more room there.",
	    "头顶距离顶部百分比不合格：头顶上方缺少 {value} 像素，"
	    "请在头顶上方留出空间后重拍。" } },
	{ "framing.sides", { "room beside", "两侧空间" }, { NULL, NULL },
	  { "The picture lacks {value} pixels beside the head: leave more room there.",
	    "人像两侧缺少 {value} 像素，请在两侧留出空间、居中重拍。" } },
	{ "framing.below", { "shoulders", "肩部空间" }, { NULL, NULL },
	  { "The picture lacks {value} pixels below the face: show the shoulders.",
	    "眼睛中心距离顶部百分比不合格：脸部下方缺少 {value} 像素，"
	    "请后退拍摄并露出双肩。" } },
	{ "duplicate.bytes", { "same file", "重复照片" },
	  { "The same file was sent for another student: send each one's own photo.",
	    "同一照片文件用于两名学生，请核对并上传本人照片。" },
	  { NULL, NULL } },
	{ "duplicate.near", { "same picture", "疑似重复照片" },
	  { "The picture looks like another student's: make sure that it is the student's own.",
	    "照片与另一名学生的照片疑似相同，请核对是否为本人照片。" },
	  { NULL, NULL } },
	{ "duplicate.earlier", { "same picture before", "疑似此前已用" },
	  { "The picture looks like another student's of an earlier collection: make "
	    "sure that it is the student's own.",
	    "照片与此前采集中另一名学生的照片疑似相同，请核对是否为本人照片。" },
	  { NULL, NULL } },
	{ "recapture.moire", { "photo of a screen or print", "疑似翻拍" }, { NULL, NULL },
	  { "The picture has a regular pattern, as a photo of a screen or of a "
	    "print has: send the original file.",
	    "照片有规则条纹，疑似翻拍屏幕或印刷品，请上传原图。" } },
	{ "recapture.edges", { "screen or print", "翻拍边框" }, { NULL, NULL },
	  { "Straight edges frame the picture, as of a screen or a print: photograph the "
	    "person.",
	    "画面有直线边框，疑似翻拍屏幕、照片或证件，请直接拍摄本人。" } },
	{ "recapture.glare", { "glare", "疑似反光" }, { NULL, NULL },
	  { "A white patch hides {value}% of the head, as of a lamp on a screen, a print "
	    "or glass: photograph the person, away from lamps.",
	    "头部有 {value}% 被白色反光遮挡，疑似翻拍屏幕或照片，请避开灯光直接拍摄本人。" } },
	{ "match.name", { "joined by name", "仅凭姓名关联" },
	  { "The photo was joined to the student by the name in its file name alone: "
	    "a person has to confirm that it is the right one.",
	    "照片仅凭文件名中的姓名关联到该生，请人工确认是否本人照片。" },
	  { NULL, NULL } },
	{ "roster.value", { "roster's values", "名单数据存疑" },
	  { "The roster has a shortened number or a lost character: correct it or confirm.",
	    "名单中的数据有疑问（如号码被表格软件截断、姓名有乱码），请更正名单或确认。" },
	  { NULL, NULL } },
	{ "match.number", { "joined by a doubtful number", "号码存疑" }, {
	  "The number in the file name could be a date or a camera's counter: look.",
	  "文件名中的号码也可能是日期或相机编号，请人工确认是否本人照片。" }, { NULL, NULL } },
	{ "match.folder", { "joined by its folder", "仅凭文件夹关联" },
	  { "The photo was joined to the student by the name of the folder in which it "
	    "lies alone: a person has to confirm that it is the right one.",
	    "照片仅凭所在文件夹的名称（其中只有这一张照片）关联到该生，请人工确认是否本人照片。" },
	  { NULL, NULL } },
	{ "choice.older", { "older photo", "采用较早照片" },
	  { "A photo that was sent later is worse: the older one counts.",
	    "后上传的照片检测结果不及之前的照片，现采用较早上传的一张。" },
	  { NULL, NULL } },
	{ "choice.locked", { "later photo waits", "后上传未采用" },
	  { "The photo was delivered or confirmed: one that was sent later is kept and "
	    "does not count, until the photo is to be taken again or is unlocked.",
	    "照片已交付或已确认，后上传的照片暂不采用；如需更换，请在校对表中标明需重拍或申请解锁。" },
	  { NULL, NULL } },
	{ "match.code", { "joined by code", "仅凭采集码关联" },
	  { "The photo was joined to the student by the capture code beside it alone: "
	    "a person has to confirm that it is the right one.",
	    "照片仅凭旁边的采集码关联到该生，文件名中没有学号或证件号码后四位，"
	    "请人工确认是否本人照片。" },
	  { NULL, NULL } },
	{ "image.conforms", { "registration image", "头像规格" },
	  { "No crop of this picture meets the standard: leave more room around the "
	    "head and shoulders.",
	    "照片无法裁切为合格的电子注册图像，请在头顶和肩部留出足够空间后重拍。" },
	  { NULL, NULL } },
};

/* Where a warning means something else than a failure. */
static const struct reason_warning warnings[] = {
	{ "image.conforms",
	  { "The registration image was made, but where the crown is had to be estimated: "
	    "see that the head is whole and has room above it.",
	    "电子注册图像已生成，但头顶位置为估计值，请核对头部是否完整、头顶上方留空是否合适。" } },
};

const struct reason *
reasons_at(size_t check)
{
	return check < sizeof reasons / sizeof *reasons ? &reasons[check] : NULL;
}

const struct reason_warning *
reasons_warning(const char *id)
{
	size_t i;

	for (i = 0; i < sizeof warnings / sizeof *warnings; i++)
		if (strcmp(warnings[i].id, id) == 0)
			return &warnings[i];
	return NULL;
}
